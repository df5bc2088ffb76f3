package dev.hookseal.contract;

import dev.hookseal.testkit.SignedDelivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Sends to a server, over {@code java.net.http}, or over a socket what that would tidy. */
final class Wire {
    private final HttpClient client;
    private final URI address;
    private final Duration patience;

    Wire(URI address, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.address = address;
        this.patience = patience;
    }

    Answer send(String path, SignedDelivery delivery) throws IOException, InterruptedException {
        return send(request(path, delivery));
    }

    /** Sends a delivery in chunks, without a Content-Length. */
    Answer sendChunked(String path, SignedDelivery delivery) throws IOException, InterruptedException {
        byte[] body = delivery.body();
        return send(HttpRequest.newBuilder(request(path, delivery), (name, value) -> true)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
    }

    Answer post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .timeout(patience)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    /** Anything, as it is given; a path may have a query. */
    Answer send(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(patience)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    CompletableFuture<Answer> sendAsync(String path, SignedDelivery delivery) {
        return client.sendAsync(request(path, delivery), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(Wire::answer);
    }

    private HttpRequest request(String path, SignedDelivery delivery) {
        return HttpRequest.newBuilder(delivery.toHttpRequest(address.resolve(path)), (name, value) -> true)
                .timeout(patience)
                .build();
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        return answer(client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    private static Answer answer(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Answer(response.statusCode(), headers, response.body());
    }

    /** Opens a separate connection, for a request that is written byte by byte. */
    RawConnection connect() throws IOException {
        return new RawConnection(address, patience);
    }
}
