package dev.hookseal.spring.app;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A provider of the application's own. Its event is a record, which Spring could make from request parameters. */
public final class AcmeProvider implements WebhookProvider<AcmeProvider.AcmeEvent> {
    public static final String SIGNATURE_HEADER = "Acme-Signature";

    /** Whatever the body is. */
    public record AcmeEvent(String text) {}

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Class<AcmeEvent> eventClass() {
        return AcmeEvent.class;
    }

    @Override
    public String signatureHeader() {
        return SIGNATURE_HEADER;
    }

    @Override
    public WebhookVerifier<AcmeEvent> verifier(EndpointSettings settings) {
        return request -> {
            byte[] signature = SignatureHeader.hex(request, SIGNATURE_HEADER);
            byte[] body = request.body();
            SignatureMatch match =
                    HmacSha256.verify(signature, settings.secrets().secretsFor(""), body);
            AcmeEvent event = new AcmeEvent(new String(body, StandardCharsets.UTF_8));
            DeliveryKey key = DeliveryKey.ofContent(settings.name(), body, 0, body.length, Duration.ofHours(1));
            return VerifiedWebhook.of(
                    match, settings.name(), settings.clock().instant(), event, "", SignedForm.RAW, key);
        };
    }
}
