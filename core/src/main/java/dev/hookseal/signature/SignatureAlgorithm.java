package dev.hookseal.signature;

/**
 * An algorithm that webhooks are signed with.
 *
 * @since 0.1.0
 */
public enum SignatureAlgorithm {
    /** HMAC with SHA-1 (RFC 2104), 20 bytes: for old senders alone. */
    HMAC_SHA1("HmacSHA1", 20),
    /** HMAC with SHA-256 (RFC 2104, FIPS 180-4), 32 bytes. */
    HMAC_SHA256("HmacSHA256", 32),
    /** HMAC with SHA-512, 64 bytes. */
    HMAC_SHA512("HmacSHA512", 64),
    /** Ed25519 (RFC 8032), 64 bytes, checked with a public key. */
    ED25519("Ed25519", 64),
    /** ECDSA on the curve P-256 with SHA-256, a DER sequence of two integers, checked with a public key. */
    ECDSA_P256("SHA256withECDSA", 72),
    /** RSA with PKCS #1 v1.5 padding and SHA-256 (RFC 8017), as long as the modulus, checked with a public key. */
    RSA_SHA256("SHA256withRSA", 1024),
    /** A shared token. It identifies the sender and signs <strong>nothing</strong>: the body can be another one. */
    TOKEN("", 1024);

    private final String jcaName;
    private final int maxBytes;

    SignatureAlgorithm(String jcaName, int maxBytes) {
        this.jcaName = jcaName;
        this.maxBytes = maxBytes;
    }

    String jcaName() {
        return jcaName;
    }

    /** Returns how many bytes a signature has at most. */
    int maxBytes() {
        return maxBytes;
    }

    boolean hasFixedLength() {
        return isHmac() || this == ED25519;
    }

    boolean isHmac() {
        return this == HMAC_SHA1 || this == HMAC_SHA256 || this == HMAC_SHA512;
    }

    /** Returns whether the receiver has a public key, which cannot sign. */
    public boolean isAsymmetric() {
        return this == ED25519 || this == ECDSA_P256 || this == RSA_SHA256;
    }
}
