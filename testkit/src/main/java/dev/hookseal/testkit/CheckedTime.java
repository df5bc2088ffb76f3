package dev.hookseal.testkit;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
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
        return ThrowAwayEndpoint.tolerance(delivery)
                .filter(tolerance -> hasTime(delivery))
                .flatMap(tolerance -> declared(EndpointSettings.TOLERANCE, delivery))
                .map(CheckedTime::highest)
                .map(longest ->
                        new CheckedTime(delivery.content().time(), longest, longest, time -> signedAt(delivery, time)));
    }

    // the time that is checked may be in the body
    private static SignedDelivery signedAt(SignedDelivery delivery, Instant time) {
        return delivery.signedAgain(
                SignedDelivery.at(SignedDelivery.with(delivery.content(), withEventTime(delivery, time)), time));
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
        return declared(EndpointSettings.REPLAY_WINDOW, delivery)
                .filter(window -> window.defaultValue() != null)
                .map(CheckedTime::highest)
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

    private static Optional<Setting<?>> declared(Setting<Duration> setting, SignedDelivery delivery) {
        for (Setting<?> declared : delivery.kit().provider().settings()) {
            if (declared.key().equals(setting.key())) {
                return Optional.of(declared);
            }
        }
        return Optional.empty();
    }

    /** Returns the highest value that an endpoint may have. */
    private static Duration highest(Setting<?> declared) {
        return declared.max() instanceof Duration max ? max : LONGEST;
    }

    SignedDelivery stale() {
        return at.apply(time.minus(before).minus(PAST_MARGIN));
    }

    SignedDelivery fromTheFuture() {
        return at.apply(time.plus(after).plus(FUTURE_MARGIN));
    }
}
