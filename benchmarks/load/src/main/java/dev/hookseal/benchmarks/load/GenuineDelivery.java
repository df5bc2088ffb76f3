package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * The outcome of a genuine delivery of FormFlow: a new event, signed, on its own connection.
 *
 * @param second when it was sent, in seconds since the slow senders started
 * @param status the status of the answer, or {@link #NONE}
 * @param latency from before the connection is opened until the status has arrived
 */
record GenuineDelivery(double second, int status, Duration latency) {
    /** No answer within 30 seconds, or no connection. */
    static final int NONE = 0;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    /** Returns whether it got 2xx. */
    boolean isAnswered() {
        return status / 100 == 2;
    }

    static GenuineDelivery send(InetSocketAddress address, String secret, double second) {
        byte[] request = request(secret);
        long start = System.nanoTime();
        int status;
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) LONGEST_ANSWER.toMillis());
            Duration left = LONGEST_ANSWER.minusNanos(System.nanoTime() - start);
            // 0 would be no limit
            socket.setSoTimeout((int) Math.max(1, left.toMillis()));
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(Http.STATUS_BYTES);
            status = answer.length == Http.STATUS_BYTES ? Http.status(answer) : NONE;
        } catch (IOException e) {
            status = NONE;
        }
        return new GenuineDelivery(second, status, Duration.ofNanos(System.nanoTime() - start));
    }

    private static byte[] request(String secret) {
        byte[] body = ("{\"eventId\":\"" + UUID.randomUUID() + "\",\"eventType\":\"extracted\",\"timestamp\":\""
                        + Instant.now() + "\",\"submissionId\":\"" + UUID.randomUUID() + "\",\"templateId\":1}")
                .getBytes(StandardCharsets.US_ASCII);
        String signature = HexFormat.of().formatHex(Http.hmac(secret, body));
        return Http.post("/webhooks/formflow", Map.of("X-Webhook-Signature", signature, "Connection", "close"), body);
    }
}
