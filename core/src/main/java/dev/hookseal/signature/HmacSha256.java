package dev.hookseal.signature;

/** HMAC-SHA256 (RFC 2104 with FIPS 180-4) of a whole array: for tools and tests. Receivers use a {@link SignatureScheme}. */
public final class HmacSha256 {
    private HmacSha256() {}

    /** Returns the signature of a whole array: 32 bytes. */
    public static byte[] sign(SigningSecret secret, byte[] message) {
        return secret.hmacSha256().sign(SignedMessage.of(message));
    }
}
