package dev.hookseal.stripe;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.PayloadMembers;
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
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stripe, after its page "Resolve webhook signature verification errors": {@code Stripe-Signature: t=<seconds>,v1=<hex>} over
 * {@code t.body}, with the whole secret as the key, {@code whsec_} included. Five minutes either way.
 *
 * @since 0.1.0
 */
public final class StripeProvider implements WebhookProvider<StripeEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("Stripe-Signature").separatedBy(',').withPrefix("v1=");

    private static final Pattern API_KEY = Pattern.compile("[psr]k_(live|test)_");

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Class<StripeEvent> eventClass() {
        return StripeEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)), EndpointSettings.ID_RETENTION);
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, StripeProvider::key, request -> {
            String time = SIGNATURE.element(SIGNATURE.value(request), "t=");
            return SignatureClaim.of(
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after(time + "."))
                    .signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    private static VerificationKey key(SigningSecret secret) {
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        if (API_KEY.matcher(text).lookingAt()) {
            throw new IllegalArgumentException(
                    "it is an API key: set the signing secret of the endpoint, which begins with whsec_");
        }
        return VerificationKey.hmacSha256(secret);
    }

    @Override
    public ReadEvent<StripeEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        PayloadMembers members = PayloadMembers.of(content);
        StripeEvent event = new StripePayload(
                members.requiredText("id"),
                members.requiredText("type"),
                "v2.core.event".equals(members.text("object")),
                members.time("created"),
                members.flag("livemode"),
                members.text("api_version"),
                members.text("account"),
                members.object("data"),
                members.object("related_object"),
                members.json());
        return ReadEvent.of(event, event.type()).withDeliveryId(event.id()).withUnexpectedMembers(members.unexpected());
    }
}
