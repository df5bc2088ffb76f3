package dev.hookseal.extracta;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that Extracta signs with: each of the dashboard's secrets without the first {@code E_AI_K_} in it. They are
 * made again only when the secrets change.
 */
final class ExtractaKeys {
    private static final byte[] PREFIX = "E_AI_K_".getBytes(StandardCharsets.US_ASCII);

    private final SecretSource source;
    private volatile Derived derived = new Derived(List.of(), List.of());

    /**
     * The keys of a source.
     *
     * @param property where the secret is configured, for the message
     * @throws WebhookConfigurationException if one of the secrets is nothing but the prefix
     */
    ExtractaKeys(SecretSource source, String property) {
        this.source = source;
        List<SigningSecret> secrets = source.secretsFor("");
        this.derived = Derived.from(secrets);
        if (derived.keys.size() < secrets.size()) {
            throw new WebhookConfigurationException(
                    property + " is empty after its prefix E_AI_K_", "set the whole secret of Extracta's dashboard");
        }
    }

    List<SigningSecret> newestFirst() {
        List<SigningSecret> secrets = source.secretsFor("");
        Derived known = derived;
        if (!known.isFrom(secrets)) {
            known = Derived.from(secrets);
            derived = known;
        }
        return known.keys;
    }

    private record Derived(List<SigningSecret> secrets, List<SigningSecret> keys) {
        static Derived from(List<SigningSecret> secrets) {
            List<SigningSecret> keys = new ArrayList<>();
            for (SigningSecret secret : secrets) {
                SigningSecret key = keyOf(secret);
                if (key != null) {
                    keys.add(key);
                }
            }
            return new Derived(List.copyOf(secrets), List.copyOf(keys));
        }

        // Comparing objects is enough: a source that creates its secrets each time only costs time.
        @SuppressWarnings("ReferenceEquality")
        boolean isFrom(List<SigningSecret> others) {
            if (secrets.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < secrets.size(); i++) {
                if (secrets.get(i) != others.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Null if nothing is left, since such a key would sign for everyone. */
    private static @Nullable SigningSecret keyOf(SigningSecret secret) {
        byte[] bytes = secret.exposeSecretBytes();
        int at = indexOfPrefix(bytes);
        if (at < 0) {
            return secret;
        }
        if (bytes.length == PREFIX.length) {
            return null;
        }
        byte[] key = new byte[bytes.length - PREFIX.length];
        System.arraycopy(bytes, 0, key, 0, at);
        System.arraycopy(bytes, at + PREFIX.length, key, at, key.length - at);
        return SigningSecret.ofBytes(key);
    }

    private static int indexOfPrefix(byte[] bytes) {
        for (int at = 0; at + PREFIX.length <= bytes.length; at++) {
            int same = 0;
            while (same < PREFIX.length && bytes[at + same] == PREFIX[same]) {
                same++;
            }
            if (same == PREFIX.length) {
                return at;
            }
        }
        return -1;
    }
}
