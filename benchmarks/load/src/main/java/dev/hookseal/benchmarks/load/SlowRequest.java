package dev.hookseal.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * The request of all slow senders of a case: a delivery to Extracta's endpoint with a Content-Length, whose signature
 * is well-formed and wrong. Its bytes exist once, whatever the number of senders.
 */
final class SlowRequest {
    private static final String BEFORE = "{\"event\":\"extraction.processed\",\"result\":[{\"fileId\":\"";
    private static final String AFTER = "\"}]}";
    private static final String WRONG_SIGNATURE = Base64.getEncoder().encodeToString(new byte[32]);
    // Small enough that some is missing, large enough that the body is held.
    private static final int MISSING_FROM_A_LARGE_BODY = 1024;
    private static final int PIECES = 600;

    private final byte[] bytes;
    private final int bodyBytes;

    private SlowRequest(byte[] bytes, int bodyBytes) {
        this.bytes = bytes;
        this.bodyBytes = bodyBytes;
    }

    static SlowRequest of(int bodyBytes) {
        byte[] body = new byte[bodyBytes];
        Arrays.fill(body, (byte) 'f');
        byte[] before = BEFORE.getBytes(StandardCharsets.US_ASCII);
        byte[] after = AFTER.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(before, 0, body, 0, before.length);
        System.arraycopy(after, 0, body, bodyBytes - after.length, after.length);
        return new SlowRequest(
                Http.post("/webhooks/extracta", Map.of("x-webhook-signature", WRONG_SIGNATURE), body), bodyBytes);
    }

    /** Returns a new view of the whole request. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Returns how many bytes a trickling sender sends at once: all of them take a minute. */
    int piece() {
        return Math.max(1, bodyBytes / PIECES);
    }

    /** Returns how many bytes a trickling sender begins with: the head and a piece. */
    int beginning() {
        return bytes.length - bodyBytes + piece();
    }

    /** Returns after how many bytes a stalling sender stops: a third of the body, or nearly all of a large one. */
    int stall() {
        boolean large = bodyBytes > 1024 * 1024;
        return bytes.length - (large ? MISSING_FROM_A_LARGE_BODY : bodyBytes - bodyBytes / 3);
    }
}
