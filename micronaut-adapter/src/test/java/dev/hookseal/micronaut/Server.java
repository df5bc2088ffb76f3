package dev.hookseal.micronaut;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Micronaut application on a real port, with the controllers of one test. */
final class Server implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String SECRET = "whsec, of the tests";

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<DeliveryOutcome> outcomes;

    private Server(ApplicationContext context, List<DeliveryOutcome> outcomes) {
        this.context = context;
        this.outcomes = outcomes;
        this.server = context.getBean(EmbeddedServer.class).start();
    }

    /** Starts the controllers that require {@code spec}, with FormFlow's endpoint unless the properties say otherwise. */
    static Server start(String spec, Map<String, Object> properties, Object... singletons) {
        return start(spec, properties, true, singletons);
    }

    /** Starts it without an observer, so that nothing at its endpoints may block; there are no outcomes then. */
    static Server startUnobserved(String spec, Map<String, Object> properties, Object... singletons) {
        return start(spec, properties, false, singletons);
    }

    private static Server start(String spec, Map<String, Object> properties, boolean observed, Object... singletons) {
        Map<String, Object> all = new HashMap<>();
        all.put("spec", spec);
        all.put("micronaut.server.host", "127.0.0.1");
        all.put("micronaut.server.port", -1);
        all.put("micronaut.netty.event-loops.default.shutdown-quiet-period", "0s");
        all.put("micronaut.metrics.enabled", false);
        if (properties.keySet().stream()
                .noneMatch(name -> name.matches("(?i)hookseal\\.endpoints\\.form-?flow\\.secret.*"))) {
            all.put("hookseal.endpoints.formflow.secret", SECRET);
        }
        all.putAll(properties);
        List<DeliveryOutcome> outcomes = new CopyOnWriteArrayList<>();
        ApplicationContext context = ApplicationContext.builder()
                .properties(all)
                .bootstrapEnvironment(false)
                .environmentPropertySource(false)
                .build();
        context.registerSingleton(Clock.class, Clock.fixed(NOW, ZoneOffset.UTC));
        if (observed) {
            context.registerSingleton(DeliveryObserver.class, outcomes::add);
        }
        for (Object singleton : singletons) {
            context.registerSingleton(singleton);
        }
        try {
            return new Server(context.start(), outcomes);
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    static Server start(String spec) {
        return start(spec, Map.of());
    }

    /** Properties of an endpoint for each annotated method of a class: an endpoint has one handler for an event. */
    static Map<String, Object> endpointsOf(Class<?> controller, String provider) {
        Map<String, Object> properties = new HashMap<>();
        for (Method method : controller.getDeclaredMethods()) {
            WebhookEndpoint annotation = method.getAnnotation(WebhookEndpoint.class);
            if (annotation != null) {
                properties.put("hookseal.endpoints." + annotation.value() + ".provider", provider);
                properties.put("hookseal.endpoints." + annotation.value() + ".secret", SECRET);
            }
        }
        return properties;
    }

    static Map<String, Object> endpointsOf(Class<?> controller) {
        return endpointsOf(controller, "formflow");
    }

    URI uri(String path) {
        return server.getURI().resolve(path);
    }

    int port() {
        return server.getPort();
    }

    List<Object> seen() {
        return context.getBean(Seen.class).all();
    }

    List<DeliveryOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** What bodies hold that are still arriving. */
    long heldBytes() {
        return context.getBean(EndpointRegistry.class).receivers().values().stream()
                .mapToLong(receiver -> receiver.bodyLimits().budget().heldBytes())
                .findFirst()
                .orElseThrow();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> bean) {
        return context.containsBean(bean);
    }

    HttpResponse<String> send(String path, Delivery delivery) throws IOException, InterruptedException {
        return send(delivery.request(uri(path)).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        context.close();
    }
}
