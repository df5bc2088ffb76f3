package dev.hookseal.inbox.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.jdbc.InitializeSchema;
import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A node without a framework: an endpoint for FormFlow on 127.0.0.1, its inbox, and its workers. */
final class InboxNode implements AutoCloseable {
    static final String ENDPOINT = "formflow";
    static final String SECRET = "whsec-of-the-nodes";
    static final String PATH = "/webhooks/formflow";
    static final Duration HEARTBEAT = Duration.ofMillis(500);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(32, Connections.daemons("node"));
    private final JdbcInbox inbox;
    private final InboxWorkers workers;

    /** What a node does with its events. */
    record Listener(Set<String> events, boolean transactional, WebhookHandler<FormFlowEvent> handler) {
        static Listener transactional(WebhookHandler<FormFlowEvent> handler) {
            return new Listener(Set.of(), true, handler);
        }

        static Listener plain(WebhookHandler<FormFlowEvent> handler) {
            return new Listener(Set.of(), false, handler);
        }

        Listener only(String event) {
            return new Listener(Set.of(event), transactional, handler);
        }

        private void addTo(InboxDispatcher.Builder dispatcher, WebhookReceiver<FormFlowEvent> receiver) {
            if (transactional) {
                dispatcher.transactionalListener(ENDPOINT, receiver::restore, events, handler);
            } else {
                dispatcher.listener(ENDPOINT, receiver::restore, events, handler);
            }
        }
    }

    private InboxNode(DataSource dataSource, Clock clock, Listener listener, Consumer<InboxWorkers.Builder> settings)
            throws IOException {
        inbox = JdbcInbox.builder(dataSource)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder(ENDPOINT)
                                .secret(SigningSecret.ofUtf8(SECRET))
                                .clock(clock)
                                .build())
                .inbox(inbox, Set.of())
                .build();
        InboxDispatcher.Builder dispatcher = InboxDispatcher.builder();
        listener.addTo(dispatcher, receiver);
        InboxWorkers.Builder builder = InboxWorkers.builder(inbox, dispatcher.build())
                .heartbeat(HEARTBEAT)
                .pollInterval(Duration.ofMillis(200));
        settings.accept(builder);
        workers = builder.build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext(PATH, exchange -> answer(exchange, receiver));
    }

    static InboxNode start(DataSource dataSource, Listener listener, Consumer<InboxWorkers.Builder> settings)
            throws IOException {
        return start(dataSource, Clock.systemUTC(), listener, settings);
    }

    static InboxNode start(
            DataSource dataSource, Clock clock, Listener listener, Consumer<InboxWorkers.Builder> settings)
            throws IOException {
        InboxNode node = new InboxNode(dataSource, clock, listener, settings);
        node.workers.start();
        node.server.start();
        return node;
    }

    private static void answer(HttpExchange exchange, WebhookReceiver<FormFlowEvent> receiver) throws IOException {
        try (exchange) {
            WebhookRequest request = WebhookRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            // every event has a listener, here or in another version of the application
            WebhookResponse response = ((Decision.Answered<?>) receiver.receive(request)).response();
            response.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    JdbcInbox inbox() {
        return inbox;
    }

    InboxWorkers workers() {
        return workers;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
        inbox.close();
        threads.shutdownNow();
    }
}
