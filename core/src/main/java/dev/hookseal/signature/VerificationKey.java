package dev.hookseal.signature;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a {@link SigningSecret} becomes so that signatures can be checked with it: a key for HMAC, a public key, or a token.
 * A {@link SignatureScheme} makes it once for each secret, and core keeps it.
 *
 * <p>It shows nothing of the key.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public abstract sealed class VerificationKey permits Hmac, AsymmetricKey, SharedToken {
    private final SignatureAlgorithm algorithm;

    VerificationKey(SignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** Returns the key for HMAC-SHA256 that is the secret as it is: what most providers do. */
    public static VerificationKey hmacSha256(SigningSecret secret) {
        return secret.hmacSha256();
    }

    /**
     * Returns a key for HMAC, for a provider that decodes its secrets.
     *
     * @param key copied
     * @throws IllegalArgumentException if it is empty, or the algorithm is not an HMAC
     */
    public static VerificationKey hmac(SignatureAlgorithm algorithm, byte[] key) {
        if (!algorithm.isHmac()) {
            throw new IllegalArgumentException(algorithm + " is not an HMAC: use publicKey or token");
        }
        if (key.length == 0) {
            throw new IllegalArgumentException("it is empty once decoded: set the whole secret");
        }
        return new Hmac(algorithm, key);
    }

    /**
     * Returns a public key from its text: PEM ({@code BEGIN PUBLIC KEY}), or hex or base64 of its X.509 encoding; for
     * {@link SignatureAlgorithm#ED25519} also hex or base64 of its 32 bytes, and for {@link SignatureAlgorithm#ECDSA_P256}
     * of its uncompressed point of 65 bytes.
     *
     * @param secret the text, which is not a secret here
     * @throws IllegalArgumentException if it is not such a key; the message says what is expected
     */
    public static VerificationKey publicKey(SignatureAlgorithm algorithm, SigningSecret secret) {
        return publicKey(algorithm, new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1));
    }

    /**
     * Returns a public key from its text; see {@link #publicKey(SignatureAlgorithm, SigningSecret)}.
     *
     * @throws IllegalArgumentException if it is not such a key, or the algorithm has none
     */
    public static VerificationKey publicKey(SignatureAlgorithm algorithm, String text) {
        if (!algorithm.isAsymmetric()) {
            throw new IllegalArgumentException(algorithm + " has no public key: use hmac or token");
        }
        return new AsymmetricKey(algorithm, PublicKeys.parse(algorithm, text));
    }

    /** Returns the token that is the secret. A match proves who sends, and nothing about the body. */
    public static VerificationKey token(SigningSecret secret) {
        return new SharedToken(secret);
    }

    /** Returns the algorithm of the signatures that it checks. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns whether one of the signatures is of this key over the message. The message is read once for an HMAC. */
    abstract boolean matches(SignedMessage message, List<byte[]> signatures);

    /** Returns the signature of a message; only an HMAC can. */
    byte[] sign(SignedMessage message) {
        throw new IllegalStateException(algorithm + " signs with a key that a receiver does not have");
    }

    @Override
    public final String toString() {
        return "VerificationKey[" + algorithm + "]";
    }
}
