package dev.hookseal.contract;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends as {@link ContractProvider} expects it, with two signatures of which the second one is right, and asks a signed
 * question.
 *
 * @since 0.1.0
 */
public final class ContractKit implements ProviderKit {
    private static final String NOT_THE_SIGNATURE = "0".repeat(64);

    /** For the service loader. */
    public ContractKit() {}

    @Override
    public WebhookProvider<?> provider() {
        return new ContractProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(ContractProvider.EVENT_HEADER, delivery.eventName());
        headers.put(ContractProvider.SIGNATURE_HEADER, signatures(delivery, secret));
        return headers;
    }

    private static String signatures(UnsignedDelivery delivery, SigningSecret secret) {
        long time = delivery.time().getEpochSecond();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.exposeSecretBytes(), "HmacSHA256"));
            mac.update((delivery.method() + " " + delivery.url() + " " + time + " ").getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + NOT_THE_SIGNATURE + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal(delivery.body()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(
                new SampleEvent("order.paid", "{\"id\":\"order-1\",\"text\":\"M\u00fcller \ud83d\ude00\"}"),
                new SampleEvent("", String.format(ContractProvider.PING, "token-1")));
    }

    @Override
    public byte[] withEventId(byte[] body, String id) {
        return new String(body, StandardCharsets.UTF_8)
                .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }
}
