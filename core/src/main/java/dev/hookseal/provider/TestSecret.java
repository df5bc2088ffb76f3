package dev.hookseal.provider;

import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A secret that is worth nothing, for tests.
 *
 * @param configured what an endpoint is configured with: the secret as the provider shows it, or the public key
 * @param signing what the sender signs with: the same, or the private key
 * @since 0.1.0
 */
public record TestSecret(String configured, SigningSecret signing) {

    /** Returns a secret that both sides have. */
    public static TestSecret of(String text) {
        return new TestSecret(text, SigningSecret.ofUtf8(text));
    }

    /** Returns a secret of 32 hex digits after a prefix: the same one for the same seed. */
    public static TestSecret ofSeed(String prefix, String seed) {
        return of(prefix
                + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", ""));
    }

    /** Without the secret, worthless as it is. */
    @Override
    public String toString() {
        return "TestSecret[hidden]";
    }
}
