package dev.hookseal.diagnostics;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A provider that the explainer has no line about: {@code Acme-Signature: t=<Unix seconds>,v1=<hex>} over the time, a full
 * stop and the body.
 */
public final class AcmeProvider implements WebhookProvider<AcmeProvider.AcmeEvent> {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("Acme-Signature").separatedBy(',').withPrefix("v1=");

    /** An event that is its body. */
    public record AcmeEvent(String body) {}

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
                Instant signedAt = SignedTime.ofUnixSeconds(time);
                return SignatureClaim.of(
                                signatures, SignedMessage.of(request.body()).after(time + "."))
                        .signedTime(() -> signedAt);
            }
        };
    }

    private static String time(String value) throws WebhookRejectedException {
        List<String> times = Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(element -> element.startsWith("t="))
                .toList();
        if (times.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_MISSING);
        }
        if (times.size() > 1) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_MALFORMED);
        }
        return times.get(0).substring(2);
    }

    @Override
    public ReadEvent<AcmeEvent> read(SignedContent content, EndpointSettings settings) {
        String body = new String(content.bytes(), StandardCharsets.UTF_8);
        return ReadEvent.of(new AcmeEvent(body), "");
    }
}
