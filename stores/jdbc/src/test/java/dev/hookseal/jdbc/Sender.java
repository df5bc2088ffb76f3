package dev.hookseal.jdbc;

import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Sends deliveries as FormFlow does. */
final class Sender {
    private final String timestamp = Instant.now().toString();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What came of a delivery: the status, and how long it took; 0 if there was no answer. */
    record Answer(int status, boolean retryAfter, Duration time) {}

    Answer send(int port, String eventId) throws IOException, InterruptedException {
        byte[] body = """
                {"eventId":"%s","eventType":"extracted","timestamp":"%s","submissionId":"s1","templateId":1}""".formatted(eventId, timestamp).getBytes(StandardCharsets.UTF_8);
        String signature = HexFormat.of().formatHex(HmacSha256.sign(SigningSecret.ofUtf8(Node.SECRET), body));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Node.PATH))
                .header("X-Webhook-Signature", signature)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        long start = System.nanoTime();
        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After").isPresent(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
