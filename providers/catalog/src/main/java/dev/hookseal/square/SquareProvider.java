package dev.hookseal.square;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
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

/**
 * Square, after its page "Verify and validate an event notification": {@code x-square-hmacsha256-signature} is the padded base64
 * HMAC-SHA256 of the notification URL and the body.
 *
 * @since 0.1.0
 */
public final class SquareProvider implements WebhookProvider<SquareEvent> {
    private static final SignatureHeader SIGNATURE = SignatureHeader.base64("x-square-hmacsha256-signature");

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.PUBLIC_URL, EndpointSettings.ID_RETENTION);
    }

    /** Returns 10 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        settings.publicUrl();
        return SignatureScheme.of(
                SIGNATURE, request -> SignedMessage.of(request.body()).after(settings.publicUrl(request)));
    }

    @Override
    public ReadEvent<SquareEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String id = json.text("/event_id").orElse("");
        String type = json.text("/type").orElse("");
        SquareEvent event =
                new SquarePayload(id, type, json.text("/merchant_id").orElse(null), json);
        return ReadEvent.of(event, type).withDeliveryId(id.isEmpty() ? null : id);
    }

    @Override
    public String name() {
        return "square";
    }

    @Override
    public Class<SquareEvent> eventClass() {
        return SquareEvent.class;
    }
}
