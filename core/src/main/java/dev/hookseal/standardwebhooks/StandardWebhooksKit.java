package dev.hookseal.standardwebhooks;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends as Standard Webhooks says: with a {@code whsec_} secret ({@code v1}) or a {@code whsk_} private key ({@code v1a}).
 * The sample's shape and type are the specification's.
 *
 * @since 0.1.0
 */
public final class StandardWebhooksKit implements ProviderKit {
    private static final String SECRET_PREFIX = "whsec_";
    private static final String PRIVATE_KEY_PREFIX = "whsk_";
    private static final int SEED_BYTES = 32;

    // RFC 8410, section 7: the encoding before a private key's seed
    private static final byte[] PKCS8_HEADER = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final String SAMPLE = "{\"type\":\"user.created\",\"timestamp\":\"2022-11-03T20:26:10.344522Z\","
            + "\"data\":{\"id\":\"1f81eb52-5198-4599-803e-771906343485\",\"email\":\"user@example.com\"}}";

    @Override
    public WebhookProvider<StandardWebhooksEvent> provider() {
        return new StandardWebhooksProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String seconds = Long.toString(delivery.time().getEpochSecond());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((delivery.id() + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(delivery.body());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", delivery.id());
        headers.put("webhook-timestamp", seconds);
        headers.put("webhook-signature", signature(message.toByteArray(), secret));
        return headers;
    }

    private static String signature(byte[] message, SigningSecret secret) {
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        if (text.startsWith(PRIVATE_KEY_PREFIX)) {
            return "v1a," + base64(ed25519(decode(text.substring(PRIVATE_KEY_PREFIX.length())), message));
        }
        String encoded = text.startsWith(SECRET_PREFIX) ? text.substring(SECRET_PREFIX.length()) : text;
        return "v1," + base64(HmacSha256.sign(SigningSecret.ofBytes(decode(encoded)), message));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The secret is not whsec_ or whsk_ and base64: give it whole", e);
        }
    }

    // the seed, or the seed and the public key after it
    private static byte[] ed25519(byte[] key, byte[] message) {
        if (key.length < SEED_BYTES) {
            throw new IllegalArgumentException("A private key has 32 bytes, and this one has " + key.length);
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(PKCS8_HEADER);
        encoded.write(key, 0, SEED_BYTES);
        try {
            PrivateKey privateKey =
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded.toByteArray()));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has Ed25519", e);
        }
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(new SampleEvent("user.created", SAMPLE));
    }

    @Override
    public TestSecret newSecret(String seed) {
        return TestSecret.of(SECRET_PREFIX
                + base64(HmacSha256.sign(SigningSecret.ofUtf8("seed"), seed.getBytes(StandardCharsets.UTF_8))));
    }
}
