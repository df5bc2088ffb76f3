package dev.hookseal.formflow.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test tells it, whatever the provider would. */
final class ScriptedApi implements AutoCloseable {
    static final String TOKEN = "token-4711";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    interface Script {
        void answer(HttpExchange exchange) throws Exception;
    }

    ScriptedApi(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            try {
                script.answer(exchange);
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    /** One that answers everything alike. */
    static ScriptedApi answering(int status, String body) throws IOException {
        return new ScriptedApi(exchange -> answer(exchange, status, body));
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String subscription(String event, String url, String secret, String createdAt) {
        return "{\"id\":\"" + event + "-" + secret + "\",\"event\":\"" + event + "\",\"url\":\"" + url
                + "\",\"secret\":\"" + secret + "\",\"createdAt\":\"" + createdAt + "\"}";
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method, path and body of each. */
    List<String> calls() {
        return calls;
    }

    FormFlowSubscriptions client() {
        return client(Duration.ofSeconds(20));
    }

    FormFlowSubscriptions client(Duration timeout) {
        return FormFlowSubscriptions.builder(url())
                .accessToken(() -> TOKEN)
                .timeout(timeout)
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
