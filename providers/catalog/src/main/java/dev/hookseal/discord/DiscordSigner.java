package dev.hookseal.discord;

import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs as Discord does, with a private key: PKCS#8 in hex. */
final class DiscordSigner {
    private static final String ED25519 = "Ed25519";
    private static final int PUBLIC_KEY_BYTES = 32;

    private DiscordSigner() {}

    static Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        String seconds = Long.toString(delivery.time().getEpochSecond());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(seconds.getBytes(StandardCharsets.UTF_8));
        message.writeBytes(delivery.body());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Signature-Timestamp", seconds);
        headers.put(
                "X-Signature-Ed25519", HexFormat.of().formatHex(signature(privateKey(secret), message.toByteArray())));
        return headers;
    }

    private static PrivateKey privateKey(SigningSecret secret) {
        try {
            byte[] key = HexFormat.of().parseHex(new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1));
            return KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The secret is not a private key of Ed25519, PKCS#8 in hex. Discord's own is Discord's alone: sign with"
                            + " one for tests, and give the endpoint its public key",
                    e);
        }
    }

    private static byte[] signature(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has Ed25519", e);
        }
    }

    /** Returns a key pair: the same one for the same seed. */
    static TestSecret newSecret(String seed) {
        try {
            // of the generators in the platform the one that a seed determines
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed.getBytes(StandardCharsets.UTF_8));
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            HexFormat hex = HexFormat.of();
            return new TestSecret(
                    // RFC 8410: the key is the end of its encoding
                    hex.formatHex(Arrays.copyOfRange(x509, x509.length - PUBLIC_KEY_BYTES, x509.length)),
                    SigningSecret.ofUtf8(hex.formatHex(pair.getPrivate().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has Ed25519", e);
        }
    }
}
