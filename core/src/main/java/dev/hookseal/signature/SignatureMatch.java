package dev.hookseal.signature;

/**
 * A signature that belonged to a secret and the bytes at hand. Only {@link HmacSha256} gives one, and only after it
 * compared the two.
 */
public sealed interface SignatureMatch permits HmacSha256.Match {

    /** Which secret it was, counted from 0, the newest. */
    int secretPosition();

    /** The bytes that the signature was compared for: a copy at each call. */
    byte[] signedBytes();
}
