package dev.hookseal.provider;

import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import java.nio.charset.StandardCharsets;

/** The example in the Javadoc of {@link WebhookProvider}, letter for letter: it has to compile and to work. */
public final class AcmeProvider implements WebhookProvider<AcmeProvider.AcmeEvent> {
    private static final SignatureHeader SIGNATURE = SignatureHeader.hex("Acme-Signature");

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Class<AcmeEvent> eventClass() {
        return AcmeEvent.class;
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
    }

    @Override
    public ReadEvent<AcmeEvent> read(SignedContent content, EndpointSettings settings) {
        AcmeEvent event = AcmeEvent.parse(content.bytes());
        return ReadEvent.of(event, event.kind());
    }

    /** An event that is its kind and nothing else. */
    public record AcmeEvent(String kind) {
        static AcmeEvent parse(byte[] body) {
            return new AcmeEvent(new String(body, StandardCharsets.UTF_8));
        }
    }
}
