package dev.hookseal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;

/** The container under test, with what a test puts into it, and a client to send to it. */
final class Server implements AutoCloseable {
    static {
        // the container would print what handlers throw on purpose
        LogManager.getLogManager().reset();
    }

    /** A servlet's service method. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final Container container =
            ServiceLoader.load(Container.class).findFirst().orElseThrow();

    Server filter(String urlPattern, Filter filter, DispatcherType... types) {
        container.addFilter(urlPattern, filter, types.length == 0 ? Set.of(DispatcherType.REQUEST) : Set.of(types));
        return this;
    }

    Server servlet(String urlPattern, Handler handler) {
        container.addServlet(urlPattern, servlet(handler));
        return this;
    }

    Server multipartServlet(String urlPattern, Handler handler) {
        container.addMultipartServlet(urlPattern, servlet(handler));
        return this;
    }

    private static HttpServlet servlet(Handler handler) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                handler.handle(request, response);
            }
        };
    }

    Server errorPage(String path) {
        container.addErrorPage(path);
        return this;
    }

    /** How many requests the server can then work on at once, at most. */
    int useFewThreads() {
        return container.useFewThreads();
    }

    Server start() {
        try {
            container.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    String nameAndVersion() {
        return container.nameAndVersion();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + container.port());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, Delivery delivery) throws Exception {
        return send(delivery.to(request(path)));
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, Delivery delivery) {
        return client.sendAsync(delivery.to(request(path)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpClient client() {
        return client;
    }

    /** Sends bytes over a connection of their own, and gives what comes back until the server closes it. */
    String exchange(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A connection for what a client would tidy. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), container.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @Override
    public void close() {
        try {
            container.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
