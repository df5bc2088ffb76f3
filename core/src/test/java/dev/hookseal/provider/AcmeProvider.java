package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import java.nio.charset.StandardCharsets;

/** The example in the Javadoc of {@link WebhookProvider}, letter for letter: it has to compile and to work. */
public final class AcmeProvider implements WebhookProvider<AcmeProvider.AcmeEvent> {
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
        return "Acme-Signature";
    }

    @Override
    public WebhookVerifier<AcmeEvent> verifier(EndpointSettings settings) {
        return request -> {
            byte[] signature = SignatureHeader.hex(request, signatureHeader());
            SignatureMatch match =
                    HmacSha256.verify(signature, settings.secrets().secretsFor(""), request.body());
            AcmeEvent event = AcmeEvent.parse(request.body());
            return VerifiedWebhook.of(
                    match, settings.name(), settings.clock().instant(), event, event.kind(), SignedForm.RAW, null);
        };
    }

    /** An event that is its kind and nothing else. */
    public record AcmeEvent(String kind) {
        static AcmeEvent parse(byte[] body) {
            return new AcmeEvent(new String(body, StandardCharsets.UTF_8));
        }
    }
}
