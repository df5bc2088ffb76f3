package dev.hookseal.testkit.fake;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a port of its own. */
public final class Receiver<E> implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<WebhookRequest> requests = new CopyOnWriteArrayList<>();
    private final List<VerifiedWebhook<E>> handled = new CopyOnWriteArrayList<>();

    /** Gives an answer's status. */
    public interface Answering {
        int status(WebhookRequest request) throws Exception;
    }

    /** Does an application's work. */
    public interface Handler<E> {
        void handle(E event) throws Exception;
    }

    private Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
    }

    /** One that verifies nothing. */
    public static Receiver<Void> answering(Answering answering) {
        Receiver<Void> receiver = new Receiver<>();
        receiver.start(answering);
        return receiver;
    }

    public static <E> Receiver<E> verifying(
            WebhookProvider<E> provider, SecretSource secrets, Clock clock, Handler<E> handler) {
        return new Receiver<E>().verifying(provider, secrets, clock, outcome -> {}, handler);
    }

    public static Receiver<FormFlowEvent> formFlow(SecretSource secrets, Clock clock, Handler<FormFlowEvent> handler) {
        return new Receiver<FormFlowEvent>().verifying(new FormFlowProvider(), secrets, clock, outcome -> {}, handler);
    }

    public static Receiver<FormFlowEvent> formFlow(
            SecretSource secrets, Clock clock, DeliveryObserver observer, Handler<FormFlowEvent> handler) {
        return new Receiver<FormFlowEvent>().verifying(new FormFlowProvider(), secrets, clock, observer, handler);
    }

    public static Receiver<ExtractaEvent> extracta(SecretSource secrets, Handler<ExtractaEvent> handler) {
        return new Receiver<ExtractaEvent>()
                .verifying(new ExtractaProvider(), secrets, Clock.systemUTC(), outcome -> {}, handler);
    }

    private Receiver<E> verifying(
            WebhookProvider<E> provider,
            SecretSource secrets,
            Clock clock,
            DeliveryObserver observer,
            Handler<E> handler) {
        EndpointSettings.Builder settings =
                EndpointSettings.builder(provider.name()).secrets(secrets).clock(clock);
        if (provider.settings().contains(EndpointSettings.PUBLIC_URL)) {
            settings.set(EndpointSettings.PUBLIC_URL, url());
        }
        WebhookReceiver<E> receiver = WebhookReceiver.builder(provider, settings.build())
                .observer(observer)
                .build();
        start(request -> {
            Decision<E> decision = receiver.receive(request);
            if (decision instanceof Decision.Answered<E> answered) {
                return answered.response().status();
            }
            AdmittedDelivery<E> handling = ((Decision.Admitted<E>) decision).delivery();
            int status = 204;
            try {
                handler.handle(handling.webhook().event());
                handled.add(handling.webhook());
            } catch (IllegalStateException e) {
                status = 500;
            }
            handling.answered(status);
            return status;
        });
        return this;
    }

    private void start(Answering answering) {
        server.createContext("/webhooks", exchange -> {
            WebhookRequest request = WebhookRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            try {
                exchange.sendResponseHeaders(answering.status(request), -1);
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks");
    }

    public List<WebhookRequest> requests() {
        return requests;
    }

    public List<VerifiedWebhook<E>> handled() {
        return handled;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
