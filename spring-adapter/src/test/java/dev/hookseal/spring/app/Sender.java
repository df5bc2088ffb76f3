package dev.hookseal.spring.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Sends deliveries to a server over HTTP/1.1. */
public final class Sender {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String server;

    public Sender(int port) {
        this.server = "http://127.0.0.1:" + port;
    }

    public HttpResponse<String> send(String path, Delivery delivery) {
        return send(request(path, delivery, BodyPublishers.ofByteArray(delivery.bytes())));
    }

    /** Without a Content-Length. */
    public HttpResponse<String> sendChunked(String path, Delivery delivery) {
        return send(request(
                path, delivery, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(delivery.bytes()))));
    }

    public CompletableFuture<HttpResponse<String>> sendAsync(String path, Delivery delivery) {
        return http.sendAsync(
                request(path, delivery, BodyPublishers.ofByteArray(delivery.bytes())), BodyHandlers.ofString());
    }

    /** Anything that is no delivery. */
    public HttpResponse<String> send(String method, String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", contentType)
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(String path, Delivery delivery, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .POST(body)
                .header("Content-Type", delivery.contentType())
                .header(delivery.header(), delivery.signature())
                .build();
    }
}
