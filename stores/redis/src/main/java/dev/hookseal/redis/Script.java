package dev.hookseal.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What Redis does in one step. Each script touches one key, whose value is the token of a claim or {@code handled}, and
 * which Redis deletes by its own clock when the lease or the retention is over.
 */
enum Script {
    /**
     * Arguments: token, lease in ms. Returns {@link #GRANTED}, {@link #COMPLETED} or {@link #IN_PROGRESS}. The same call
     * again is granted again: Lettuce repeats a call whose answer was lost with the connection.
     */
    CLAIM("""
            if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
            local value = redis.call('GET', KEYS[1])
            if value == 'handled' then return 1 end
            if value == ARGV[1] then return 0 end
            return 2
            """),

    /** Arguments: token, retention in ms. Returns {@link #DONE} if the claim was the token's. */
    COMPLETE("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], 'handled', 'PX', ARGV[2])
            return 1
            """),

    /** Argument: token. Returns {@link #DONE} if the claim was the token's. */
    RELEASE("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('DEL', KEYS[1])
            return 1
            """);

    static final long GRANTED = 0;
    static final long COMPLETED = 1;
    static final long IN_PROGRESS = 2;
    static final long DONE = 1;

    private final String text;
    private final String sha1;

    Script(String text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    String text() {
        return text;
    }

    /** Returns the name by which Redis knows the script once it has seen its text. */
    String sha1() {
        return sha1;
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
