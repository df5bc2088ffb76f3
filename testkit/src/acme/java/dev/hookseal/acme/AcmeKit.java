package dev.hookseal.acme;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** Sends as Acme does. */
public final class AcmeKit implements ProviderKit {
    @Override
    public WebhookProvider<AcmeEvent> provider() {
        return new AcmeProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        long time = delivery.time().getEpochSecond();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((time + ".").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(delivery.body());
        String signature = HexFormat.of().formatHex(HmacSha256.sign(secret, message.toByteArray()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Acme-Signature", "t=" + time + ",v1=" + signature);
        return headers;
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(
                new SampleEvent("order.paid", "{\"id\":\"evt_1\",\"type\":\"order.paid\",\"data\":{\"total\":1250}}"),
                new SampleEvent(
                        "order.refunded", "{\"id\":\"evt_2\",\"type\":\"order.refunded\",\"data\":{\"total\":-300}}"));
    }

    @Override
    public TestSecret newSecret(String seed) {
        return TestSecret.ofSeed("whsec_", seed);
    }

    @Override
    public byte[] withEventName(byte[] body, String name) {
        return with(body, "type", name);
    }

    @Override
    public byte[] withEventId(byte[] body, String id) {
        return with(body, "id", id);
    }

    private static byte[] with(byte[] body, String member, String value) {
        String changed = new String(body, StandardCharsets.UTF_8)
                .replaceFirst(
                        "\"" + member + "\":\"[^\"]*\"",
                        Matcher.quoteReplacement("\"" + member + "\":\"" + value + "\""));
        return changed.getBytes(StandardCharsets.UTF_8);
    }
}
