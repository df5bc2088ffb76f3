package dev.hookseal.stripe;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.VerificationKey;
import java.time.Duration;
import java.util.List;

/**
 * Stripe, after its page "Resolve webhook signature verification errors": {@code Stripe-Signature: t=<seconds>,v1=<hex>} over
 * {@code t.body}, with the whole secret as the key, {@code whsec_} included. Five minutes either way.
 *
 * @since 0.1.0
 */
public final class StripeProvider implements WebhookProvider<StripeEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("Stripe-Signature").separatedBy(',').withPrefix("v1=");

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)), EndpointSettings.ID_RETENTION);
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, VerificationKey::hmacSha256, request -> {
            String time = SIGNATURE.element(SIGNATURE.value(request), "t=");
            return SignatureClaim.of(
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after(time + "."))
                    .signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    @Override
    public ReadEvent<StripeEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        JsonData json = JsonData.of(content);
        String id = json.text("/id").orElse("");
        String type = json.text("/type").orElse("");
        if (id.isEmpty() || type.isEmpty()) {
            throw new WebhookRejectedException(dev.hookseal.request.RejectionReason.PAYLOAD_UNEXPECTED);
        }
        StripeEvent event = new StripePayload(id, type, json.text("/created").orElse(""), json);
        return ReadEvent.of(event, type).withDeliveryId(id);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Class<StripeEvent> eventClass() {
        return StripeEvent.class;
    }
}
