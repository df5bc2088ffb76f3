package dev.hookseal.testkit;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The time of a delivery that a receiver checks by default: the one of its signing, or else the one of its event. */
final class CheckedTime {
    private static final Duration PAST_MARGIN = Duration.ofDays(1);
    private static final Duration FUTURE_MARGIN = Duration.ofHours(1);
    // of a setting without a highest value
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Instant time;
    private final Duration before;
    private final Duration after;
    private final Function<Instant, SignedDelivery> at;

    private CheckedTime(Instant time, Duration before, Duration after, Function<Instant, SignedDelivery> at) {
        this.time = time;
        this.before = before;
        this.after = after;
        this.at = at;
    }

    /** Returns it; empty if an endpoint with the provider's defaults checks none. */
    static Optional<CheckedTime> of(SignedDelivery delivery) {
        return ofSigning(delivery).or(() -> ofEvent(delivery));
    }

    /** Returns the time of signing, if that is what a receiver checks. */
    static Optional<CheckedTime> ofSigning(SignedDelivery delivery) {
        return limit(EndpointSettings.TOLERANCE, delivery)
                .filter(tolerance -> hasTime(delivery))
                .map(tolerance -> new CheckedTime(delivery.content().time(), tolerance, tolerance, delivery::signedAt));
    }

    private static boolean hasTime(SignedDelivery delivery) {
        try {
            SignatureClaim claim = ThrowAwayEndpoint.scheme(delivery).claim(delivery.toWebhookRequest());
            return claim.signedTime() != null || claim.unsignedTime() != null;
        } catch (WebhookRejectedException e) {
            return false;
        }
    }

    private static Optional<CheckedTime> ofEvent(SignedDelivery delivery) {
        Instant time = delivery.content().time();
        return limit(EndpointSettings.REPLAY_WINDOW, delivery)
                .filter(window ->
                        !Arrays.equals(withEventTime(delivery, time.minus(PAST_MARGIN)), withEventTime(delivery, time)))
                .map(window -> new CheckedTime(
                        time,
                        window,
                        Duration.ZERO,
                        at -> delivery.signedAgain(
                                SignedDelivery.with(delivery.content(), withEventTime(delivery, at)))));
    }

    private static byte[] withEventTime(SignedDelivery delivery, Instant time) {
        return delivery.kit().withEventTime(delivery.body(), time);
    }

    /** Returns the highest value that an endpoint may have, if the provider's default is that there is a limit. */
    private static Optional<Duration> limit(Setting<Duration> setting, SignedDelivery delivery) {
        WebhookProvider<?> provider = delivery.kit().provider();
        return provider.settings().stream()
                .filter(declared -> declared.key().equals(setting.key()) && declared.defaultValue() != null)
                .map(declared -> declared.max() instanceof Duration max ? max : LONGEST)
                .findFirst();
    }

    SignedDelivery stale() {
        return at.apply(time.minus(before).minus(PAST_MARGIN));
    }

    SignedDelivery fromTheFuture() {
        return at.apply(time.plus(after).plus(FUTURE_MARGIN));
    }
}
