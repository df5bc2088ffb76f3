package dev.hookseal.square;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Square, after its page "Verify and validate an event notification": {@code x-square-hmacsha256-signature} is the padded base64
 * HMAC-SHA256 of the notification URL and the body. The key is the signature key as text.
 *
 * <p>A retry has the same {@code event_id}, and comes up to 24 hours later. No time but {@code created_at} is signed, so an
 * event is accepted for the {@code replay-window}, 7 days unless set, and its id is remembered for as long.
 *
 * @since 0.1.0
 */
public final class SquareProvider implements WebhookProvider<SquareEvent> {
    private static final SignatureHeader SIGNATURE = SignatureHeader.base64("x-square-hmacsha256-signature");

    /**
     * Returns how Square signs.
     *
     * @throws WebhookConfigurationException if there is no {@code public-url}
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        settings.publicUrl();
        return SignatureScheme.of(
                SIGNATURE, request -> SignedMessage.of(request.body()).after(settings.publicUrl(request)));
    }

    /**
     * Reads the event.
     *
     * @throws WebhookRejectedException if the body is not a JSON object, or has no {@code event_id} or no {@code type}
     */
    @Override
    public ReadEvent<SquareEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(content);
        PayloadMembers data = members.in("data");
        SquareEvent event = new SquarePayload(
                members.requiredText("event_id"),
                members.requiredText("type"),
                members.text("merchant_id"),
                members.text("location_id"),
                members.iso8601("created_at"),
                data.text("type"),
                data.text("id"),
                members.object("data"),
                members.json());
        return ReadEvent.of(event, event.type())
                .withDeliveryId(event.eventId())
                .withTime(event.createdAt())
                .withUnexpectedMembers(members.unexpected());
    }

    @Override
    public String name() {
        return "square";
    }

    @Override
    public Class<SquareEvent> eventClass() {
        return SquareEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.PUBLIC_URL, EndpointSettings.REPLAY_WINDOW.withDefault(Duration.ofDays(7)));
    }

    /** Returns the environment, the time of the first attempt, and the number and the reason of a retry. */
    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(
                "square-environment",
                "square-initial-delivery-timestamp",
                "square-retry-number",
                "square-retry-reason");
    }

    /** Returns 10 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(10));
    }
}
