package dev.hookseal.cli;

import dev.hookseal.formflow.FormFlowKit;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A provider with the same header as FormFlow, in the same form: only the signature tells them apart. */
public final class TwinKit implements ProviderKit {
    private static final SignatureHeader SIGNATURE = SignatureHeader.hex(FormFlowProvider.SIGNATURE_HEADER);

    /** An event that is its body. */
    public record Event(String body) {}

    @Override
    public WebhookProvider<Event> provider() {
        return new WebhookProvider<>() {
            @Override
            public String name() {
                return "a-twin";
            }

            @Override
            public Class<Event> eventClass() {
                return Event.class;
            }

            @Override
            public SignatureScheme scheme(EndpointSettings settings) {
                return SignatureScheme.of(
                        SIGNATURE, request -> SignedMessage.of(request.body()).after("twin:"));
            }

            @Override
            public ReadEvent<Event> read(SignedContent content, EndpointSettings settings) {
                return ReadEvent.of(new Event(new String(content.bytes(), StandardCharsets.UTF_8)), "");
            }
        };
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        return new FormFlowKit().sign(delivery, secret);
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(new SampleEvent("twin", "{}"));
    }
}
