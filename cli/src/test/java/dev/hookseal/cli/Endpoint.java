package dev.hookseal.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** Takes down all that comes, and answers as told. */
final class Endpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    static final class Received {
        private final String path;
        private final Headers headers;
        private final byte[] body;

        Received(String path, Headers headers, byte[] body) {
            this.path = path;
            this.headers = headers;
            this.body = body;
        }

        String path() {
            return path;
        }

        Headers headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        String signature() {
            return headers.first("X-Webhook-Signature").orElseThrow();
        }
    }

    private Endpoint(HttpServer server) {
        this.server = server;
    }

    static Endpoint answering(int status) throws IOException {
        return answering(number -> status);
    }

    /** By the number of the request, from 1. */
    static Endpoint answering(IntUnaryOperator status) throws IOException {
        Endpoint endpoint =
                new Endpoint(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.createContext("/", exchange -> {
            try (exchange) {
                int number;
                Received one = new Received(
                        exchange.getRequestURI().getPath(),
                        new Headers(Map.copyOf(exchange.getRequestHeaders())),
                        exchange.getRequestBody().readAllBytes());
                synchronized (endpoint.received) {
                    endpoint.received.add(one);
                    number = endpoint.received.size();
                }
                exchange.sendResponseHeaders(status.applyAsInt(number), -1);
            }
        });
        endpoint.server.start();
        return endpoint;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks";
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
