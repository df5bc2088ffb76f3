package dev.hookseal.acme;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A provider that no module knows of. It signs {@code t.body} and sends {@code Acme-Signature: t=<seconds>,v1=<hex>}, with
 * several {@code v1} while it rotates its secret.
 */
public final class AcmeProvider implements WebhookProvider<AcmeEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("Acme-Signature").separatedBy(',').withPrefix("v1=");

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Class<AcmeEvent> eventClass() {
        return AcmeEvent.class;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return new SignatureScheme() {
            @Override
            public List<String> headers() {
                return List.of(SIGNATURE.name());
            }

            @Override
            public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
                List<byte[]> signatures = SIGNATURE.read(request);
                String time = time(SIGNATURE.value(request));
                return SignatureClaim.of(
                                signatures, SignedMessage.of(request.body()).after(time + "."))
                        .signedTime(() -> SignedTime.ofUnixSeconds(time));
            }
        };
    }

    private static String time(String header) throws WebhookRejectedException {
        return Stream.of(header.split(","))
                .filter(element -> element.startsWith("t="))
                .findFirst()
                .orElseThrow(() -> new WebhookRejectedException(RejectionReason.TIMESTAMP_MISSING))
                .substring(2);
    }

    @Override
    public ReadEvent<AcmeEvent> read(SignedContent content, EndpointSettings settings) throws WebhookRejectedException {
        try {
            Map<String, Object> event = JsonData.of(new String(content.bytes(), StandardCharsets.UTF_8))
                    .asMap();
            if (event.get("id") instanceof String id && event.get("type") instanceof String type) {
                return ReadEvent.of(new AcmeEvent(id, type), type).withDeliveryId(id);
            }
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }
}
