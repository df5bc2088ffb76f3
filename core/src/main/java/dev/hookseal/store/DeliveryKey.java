package dev.hookseal.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Identifies a delivery for duplicate detection, and how long to remember it. Made from signed material alone: anyone who could choose
 * it freely could have a genuine delivery taken for a repeat, or a replay for a new one.
 *
 * @param value unique among all endpoints that share a store; at most {@value #MAX_LENGTH} printable ASCII characters
 * @param retention for how long a handled delivery has to be remembered
 */
public record DeliveryKey(String value, Duration retention) {
    /** The most characters that a store has to keep. */
    public static final int MAX_LENGTH = 250;

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it has more than {@value #MAX_LENGTH} characters, or one that is a space or
     *     not printable ASCII
     */
    public DeliveryKey {
        if (value.length() > MAX_LENGTH || !isPrintable(value)) {
            throw new IllegalArgumentException("A delivery key has at most " + MAX_LENGTH + " characters, all of them"
                    + " printable ASCII; use DeliveryKey.of, which puts the digest in the place of any other id");
        }
    }

    /**
     * Returns the key of an id that the provider gives and signs. One that is too long to be kept, or not printable
     * ASCII, is replaced by its SHA-256.
     */
    public static DeliveryKey of(String endpoint, String id, Duration retention) {
        String value = endpoint + ":" + id;
        if (value.length() <= MAX_LENGTH && isPrintable(id)) {
            return new DeliveryKey(value, retention);
        }
        // not getBytes, which makes the same of every half of a surrogate pair
        ByteBuffer units = ByteBuffer.allocate(2 * id.length());
        units.asCharBuffer().put(id);
        return ofContent(endpoint, units.array(), 0, units.capacity(), retention);
    }

    /** Returns the key of signed content, by its SHA-256, for a provider that gives no id. */
    public static DeliveryKey ofContent(String endpoint, byte[] bytes, int from, int to, Duration retention) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        sha256.update(bytes, from, to - from);
        return new DeliveryKey(endpoint + ":sha256:" + HexFormat.of().formatHex(sha256.digest()), retention);
    }

    // anything else would be trouble in a log or a database column
    private static boolean isPrintable(String id) {
        for (int i = 0; i < id.length(); i++) {
            // one comparison: a character below '!' wraps around to a large one
            if ((char) (id.charAt(i) - '!') > '~' - '!') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
