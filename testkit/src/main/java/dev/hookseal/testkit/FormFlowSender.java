package dev.hookseal.testkit;

import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** FormFlow signs the body as it is, in lower-case hex. */
record FormFlowSender() implements Sender {
    // as the guide writes it, and JavaScript's toISOString: three digits even if they are zero
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    // the first chooses the secret, the second may make the event too old
    private static final Set<String> LOOKED_AT_FOR_OTHER_REASONS = Set.of("eventType", "timestamp");

    static String isoText(Instant time) {
        return ISO_MILLIS.format(time);
    }

    @Override
    public String name() {
        return "formflow";
    }

    @Override
    public String signatureHeader() {
        return "X-Webhook-Signature";
    }

    @Override
    public String signature(byte[] body, SigningSecret secret) {
        return HexFormat.of().formatHex(Hmac.sha256(secret.exposeSecretBytes(), body));
    }

    @Override
    public Map<String, String> furtherHeaders(Clock clock) {
        return Map.of("X-Webhook-Timestamp", isoText(clock.instant()));
    }

    @Override
    public String eventTypeOf(byte[] body) {
        return JsonMember.last("eventType", body)
                .map(member -> member.text(body))
                .orElse("");
    }

    @Override
    public List<JsonMember> changeableMembers(byte[] body) {
        return JsonMember.allBut(LOOKED_AT_FOR_OTHER_REASONS, body);
    }

    @Override
    public int defaultMaxBodyBytes() {
        return new FormFlowProvider().defaultMaxBodyBytes();
    }
}
