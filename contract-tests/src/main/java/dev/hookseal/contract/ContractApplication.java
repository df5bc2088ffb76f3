package dev.hookseal.contract;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.standardwebhooks.StandardWebhooksEvent;
import dev.hookseal.store.DeliveryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The application behind the routes of a {@link ContractServer}. The server is configured with {@link #properties()},
 * or has receivers made from the same by {@link #receiver}; uses this clock, store and observer; and serves these
 * routes, each by handing over what it got and answering what it is given:
 *
 * <table>
 * <caption>Routes</caption>
 * <tr><th>path</th><th>methods</th><th>endpoint</th><th>handler</th></tr>
 * <tr><td>{@value #FORMFLOW}</td><td>POST</td><td>formflow</td><td>{@link #handle(String, Object)}</td></tr>
 * <tr><td>{@value #ANY_METHOD}</td><td>GET, PUT, POST</td><td>formflow</td><td>the same</td></tr>
 * <tr><td>{@value #SELECTED}</td><td>POST</td><td>formflow, {@code events = "extracted"}</td><td>the same</td></tr>
 * <tr><td>{@value #BODY}</td><td>POST</td><td>formflow</td><td>{@link #handle(String, Object, byte[])}, with the body as
 *   the framework gives it to a handler that reads it</td></tr>
 * <tr><td>{@value #ASYNC}</td><td>POST</td><td>formflow</td><td>{@link #handleLater}, answered as the framework answers
 *   from another thread</td></tr>
 * <tr><td>{@value #NOTHING}</td><td>POST</td><td>formflow</td><td>{@link #handle(String, Object)}, and the handler gives
 *   the framework nothing to answer</td></tr>
 * <tr><td>{@value #ASYNC_NOTHING}</td><td>POST</td><td>formflow</td><td>{@link #handleLater}, and nothing is answered from
 *   the other thread</td></tr>
 * <tr><td>{@value #OBJECT}</td><td>POST</td><td>formflow</td><td>{@link #handleObject}, written as JSON by the framework,
 *   without another content type being declared</td></tr>
 * <tr><td>{@value #TIMED}</td><td>POST</td><td>formflow</td><td>{@link #handleLater}, on a request that the server ends by
 *   itself after {@link #TIME_OUT}, if it can: see {@link ContractServer#timesOut}</td></tr>
 * <tr><td>{@value #FLUSHED}</td><td>POST</td><td>formflow</td><td>sends {@value #FLUSHED_PART} with status 200, and only then
 *   calls {@link #handle(String, Object)}, whose text ends the answer</td></tr>
 * <tr><td>{@value #STRICT}</td><td>POST</td><td>strict</td><td>{@link #handle(String, VerifiedWebhook)}</td></tr>
 * <tr><td>{@value #EXTRACTA}</td><td>POST</td><td>extracta</td><td>the same</td></tr>
 * <tr><td>{@value #STANDARD_WEBHOOKS}</td><td>POST</td><td>standard-webhooks</td><td>the same</td></tr>
 * <tr><td>{@value #CUSTOM}</td><td>POST</td><td>custom</td><td>the same, with a {@link ContractProvider.Event}</td></tr>
 * <tr><td>{@value #PLAIN}</td><td>POST</td><td>none</td><td>answers 200 and the bytes of the body</td></tr>
 * <tr><td>{@value #PLAIN_FORM}</td><td>POST</td><td>none</td><td>answers 200 and the value of the form's field
 *   {@code word}</td></tr>
 * <tr><td>{@value #PLAIN_FAILURE}</td><td>POST</td><td>none</td><td>{@link #fail}</td></tr>
 * </table>
 *
 * <p>For {@link ProviderContract} it also serves POST at the {@link ProviderEndpoint#path() path} of each of the
 * {@link #providerEndpoints()}; {@link #providers()} are the providers among them that no service file names. Their handlers
 * call {@link #handle(String, Object, VerifiedWebhook)}.
 *
 * <p>What {@link #handle} throws is to be thrown on; it throws any exception, checked ones too. For two of them the server
 * has an error handler, as its framework offers them to applications: one for a {@link FailureWithoutStatus} that answers
 * a text or an object and leaves the status to the framework, and one for an {@link AcknowledgedFailure} that answers 200
 * and says so. Where there are no such handlers, the first is thrown to the server, and the second is caught by the
 * handler itself.
 *
 * <p>Handlers may block: they belong on threads that may. The logger {@code dev.hookseal} is to write its DEBUG lines.
 */
public final class ContractApplication {
    /** FormFlow's events, each with its own secret, {@code extracted} with two. Endpoint {@code formflow}. */
    public static final String FORMFLOW = "/formflow";
    /** The same for a handler that the framework would call for other methods, too. Endpoint {@code formflow-any-method}. */
    public static final String ANY_METHOD = "/formflow/any";
    /** The path of a handler that takes {@code extracted} alone. Endpoint {@code formflow-selected}. */
    public static final String SELECTED = "/formflow/selected";
    /** The same for a handler that reads the body beside the event. Endpoint {@code formflow-body}. */
    public static final String BODY = "/formflow/body";
    /** The same for a handler that answers from another thread. Endpoint {@code formflow-async}. */
    public static final String ASYNC = "/formflow/async";
    /** The same for a handler that answers nothing. Endpoint {@code formflow-nothing}. */
    public static final String NOTHING = "/formflow/nothing";
    /** The same for a handler that answers nothing from another thread. Endpoint {@code formflow-async-nothing}. */
    public static final String ASYNC_NOTHING = "/formflow/async/nothing";
    /** The same for a handler that answers an object, which the framework writes as JSON. Endpoint {@code formflow-object}. */
    public static final String OBJECT = "/formflow/object";
    /** The same for a handler that answers from another thread, and is waited for no longer than {@link #TIME_OUT}. Endpoint {@code formflow-timed}. */
    public static final String TIMED = "/formflow/timed";
    /** The same for a handler that sends the beginning of its answer before it does its work. Endpoint {@code formflow-flushed}. */
    public static final String FLUSHED = "/formflow/flushed";
    /** FormFlow's events with one secret, a tolerance of 5 minutes and a limit of 4 KB. */
    public static final String STRICT = "/strict";
    /** Extracta's events with two secrets. */
    public static final String EXTRACTA = "/extracta";
    /** Messages of Standard Webhooks, with a shared secret and a public key. Endpoint {@code standard-webhooks}. */
    public static final String STANDARD_WEBHOOKS = "/standard-webhooks";
    /** Deliveries of a {@link ContractProvider}, which the class path has. Endpoint {@code custom}. */
    public static final String CUSTOM = "/custom";
    /** No webhook: gives the body back. */
    public static final String PLAIN = "/plain";
    /** No webhook: gives a form's field back. */
    public static final String PLAIN_FORM = "/plain/form";
    /** No webhook: throws. */
    public static final String PLAIN_FAILURE = "/plain/failure";

    /** The text that the handler of {@link #FLUSHED} sends first. */
    public static final String FLUSHED_PART = "in progress: ";

    /** The time that the server waits for the handler of {@link #TIMED}. */
    public static final Duration TIME_OUT = Duration.ofMillis(300);

    /** An exception of a handler that an error handler of the application answers without setting a status. */
    public static final class FailureWithoutStatus extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailureWithoutStatus() {
            super("The handler fails, and an error handler answers something");
        }
    }

    /** An exception of a handler that an error handler of the application answers with an explicit 200. */
    public static final class AcknowledgedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AcknowledgedFailure() {
            super("The handler fails, and an error handler answers 200");
        }
    }

    /** An object that no JSON library can write. */
    static final class NotEncodable {
        private @Nullable String value;

        /** Throws, as a getter does that needs what is not there. */
        public String getValue() {
            return Objects.requireNonNull(value, "This object cannot be written");
        }
    }

    private final ContractClock clock = new ContractClock();
    private final ContractStore store = new ContractStore(clock);
    // the fuzz adds hundreds of thousands, so neither is copied at each
    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private final DeliveryObserver observer = this::add;
    private final List<HandlerCall> calls = new ArrayList<>();
    private final Map<String, Supplier<ContractReply>> scripts = new ConcurrentHashMap<>();
    private final Set<String> notEncodable = ConcurrentHashMap.newKeySet();
    private final ExecutorService otherThreads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "contract-handler");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ProviderEndpoint> providerEndpoints;
    private final EndpointRegistry endpoints;

    /**
     * Creates an application.
     *
     * @param kits those of the providers that it has an endpoint for
     */
    ContractApplication(List<ProviderKit> kits) {
        providerEndpoints =
                kits.stream().map(kit -> new ProviderEndpoint(kit, clock)).toList();
        endpoints = registry(store, List.of(observer));
    }

    /** Returns the same endpoints with another store and other observers. */
    EndpointRegistry registry(DeliveryStore otherStore, List<DeliveryObserver> observers) {
        Map<String, EndpointProperties> all = new LinkedHashMap<>(ContractSecrets.endpoints());
        for (ProviderEndpoint endpoint : providerEndpoints) {
            if (all.put(endpoint.name(), endpoint.endpointProperties()) != null) {
                throw new IllegalArgumentException("There are two kits of a provider " + endpoint + ": remove one");
            }
        }
        return EndpointRegistry.builder(all)
                .properties(ContractSecrets.GLOBAL)
                .providers(providers())
                .store(otherStore)
                .clock(clock)
                .observers(observers)
                .build();
    }

    /** Returns the values below {@code hookseal}, for a framework that reads properties. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(ContractSecrets.properties());
        providerEndpoints.forEach(endpoint -> properties.putAll(endpoint.properties()));
        return properties;
    }

    /**
     * Returns the endpoints for {@link ProviderContract}, one for each provider; none for {@link WebhookContract}.
     *
     * @since 0.1.0
     */
    public List<ProviderEndpoint> providerEndpoints() {
        return providerEndpoints;
    }

    /**
     * Returns the providers of {@link #providerEndpoints()} that no service file names: the server makes them known to its
     * framework, as beans for instance. The {@linkplain #receiver receivers} know them.
     *
     * @since 0.1.0
     */
    public List<WebhookProvider<?>> providers() {
        Set<String> found =
                WebhookProviders.load().stream().map(WebhookProvider::name).collect(Collectors.toSet());
        return providerEndpoints.stream()
                .<WebhookProvider<?>>map(ProviderEndpoint::provider)
                .filter(provider -> !found.contains(provider.name()))
                .toList();
    }

    /**
     * Returns the receiver of an endpoint, for a server that reads no properties. It has this application's clock,
     * store and observer.
     *
     * @param endpoint its name
     * @throws IllegalArgumentException if there is no such endpoint
     */
    public WebhookReceiver<?> receiver(String endpoint) {
        WebhookReceiver<?> receiver = endpoints.receivers().get(endpoint);
        if (receiver == null) {
            throw new IllegalArgumentException("The endpoints of the contract are "
                    + endpoints.receivers().keySet() + "; " + endpoint + " is not one of them");
        }
        return receiver;
    }

    /**
     * Returns the receivers of all endpoints by their names, with another store, for a server that reads no properties. They
     * have this application's clock and observer. The server names that store with {@link ContractServer#store()}.
     *
     * @since 0.1.0
     */
    public Map<String, WebhookReceiver<?>> receivers(DeliveryStore otherStore) {
        return registry(otherStore, List.of(observer)).receivers();
    }

    /** Returns the clock that the receivers are to use. */
    public Clock clock() {
        return clock;
    }

    /** Returns the store that the receivers are to use, unless the server opens {@linkplain ContractServer#store() one itself}. */
    public DeliveryStore store() {
        return store;
    }

    /** Hears what the receivers decide. */
    public DeliveryObserver observer() {
        return observer;
    }

    /**
     * Handles an event; what comes of it depends on the rule that sent it.
     *
     * @param event the {@link FormFlowEvent} or {@link ExtractaEvent}
     * @throws IllegalStateException if the rule wants the handler to fail
     */
    public ContractReply handle(String route, Object event) {
        return handle(new HandlerCall(route, event, null, null));
    }

    /** Does the same for a handler that gets the proof. */
    public ContractReply handle(String route, VerifiedWebhook<?> webhook) {
        return handle(new HandlerCall(route, webhook.event(), null, webhook));
    }

    /**
     * Does the same for the handler of a {@link ProviderEndpoint}.
     *
     * @param route the endpoint's path
     * @param event as the framework gives it to a handler that takes the event
     * @since 0.1.0
     */
    public ContractReply handle(String route, Object event, VerifiedWebhook<?> webhook) {
        return handle(new HandlerCall(route, event, null, webhook));
    }

    /**
     * Does the same for a handler whose answer the framework writes.
     *
     * @return a map to be written as JSON, or an object that no JSON library can write, if the rule wants that
     */
    public Object handleObject(String route, Object event) {
        HandlerCall call = new HandlerCall(route, event, null, null);
        ContractReply reply = handle(call);
        return notEncodable.contains(call.id()) ? new NotEncodable() : Map.of("id", reply.text());
    }

    /**
     * Handles an event as {@link #handle(String, Object)} does, for a handler that also reads the body.
     *
     * @param body as the framework gives it
     */
    public ContractReply handle(String route, Object event, byte[] body) {
        return handle(new HandlerCall(route, event, new String(body, StandardCharsets.ISO_8859_1), null));
    }

    /** Handles an event on another thread. */
    public CompletionStage<ContractReply> handleLater(String route, Object event) {
        return CompletableFuture.supplyAsync(() -> handle(route, event), otherThreads);
    }

    /**
     * Fails as a handler does that the rules want to fail.
     *
     * @throws IllegalStateException always
     */
    public ContractReply fail() {
        throw new IllegalStateException("The handler fails, as the contract wants it to");
    }

    private ContractReply handle(HandlerCall call) {
        synchronized (calls) {
            calls.add(call);
        }
        Supplier<ContractReply> script = scripts.get(call.id());
        return script == null ? new ContractReply(200, call.id()) : script.get();
    }

    /** Sets what the handler does for an event. */
    void script(String id, Supplier<ContractReply> reply) {
        scripts.put(id, reply);
    }

    /** Has the handler answer 200 again. */
    void unscript(String id) {
        scripts.remove(id);
    }

    /** Sets whether the handler of an event answers with an object that can be encoded. */
    void encodable(String id, boolean encodable) {
        if (encodable) {
            notEncodable.remove(id);
        } else {
            notEncodable.add(id);
        }
    }

    private void add(DeliveryOutcome outcome) {
        synchronized (outcomes) {
            outcomes.add(outcome);
            outcomes.notifyAll();
        }
    }

    List<HandlerCall> calls(String id) {
        synchronized (calls) {
            return calls.stream().filter(call -> call.id().equals(id)).toList();
        }
    }

    List<HandlerCall> callsAt(String route) {
        synchronized (calls) {
            return calls.stream().filter(call -> call.route().equals(route)).toList();
        }
    }

    int callCount() {
        synchronized (calls) {
            return calls.size();
        }
    }

    int outcomeCount() {
        synchronized (outcomes) {
            return outcomes.size();
        }
    }

    /** Returns the outcomes after the first {@code count}. */
    List<DeliveryOutcome> outcomesSince(int count) {
        synchronized (outcomes) {
            return List.copyOf(outcomes.subList(count, outcomes.size()));
        }
    }

    /**
     * Returns the outcomes of deliveries with this event id whose signature matched. One may be reported after the
     * sender has its answer: this waits until there are {@code count}, or the patience is over.
     */
    List<DeliveryOutcome> outcomesOf(String id, int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (outcomes) {
            List<DeliveryOutcome> found = outcomesOf(id);
            while (found.size() < count && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(outcomes, deadline - System.nanoTime());
                found = outcomesOf(id);
            }
            return found;
        }
    }

    private List<DeliveryOutcome> outcomesOf(String id) {
        return outcomes.stream()
                .filter(outcome -> outcome.deliveryKey()
                        .filter(key -> key.value().endsWith(":" + id))
                        .isPresent())
                .toList();
    }

    ContractClock contractClock() {
        return clock;
    }

    ContractStore contractStore() {
        return store;
    }

    void close() {
        otherThreads.shutdownNow();
    }

    /**
     * A call of a handler.
     *
     * @param body a character for each byte, in ISO 8859-1; null if the handler did not read it
     * @param proof null if the handler did not get it
     */
    record HandlerCall(
            String route,
            Object event,
            @Nullable String body,
            @Nullable VerifiedWebhook<?> proof) {

        /** Returns the id by which a rule recognises its event: FormFlow's id, or the id of the first file. */
        String id() {
            if (event instanceof FormFlowEvent formFlow) {
                return formFlow.eventId();
            }
            if (event instanceof ExtractaEvent extracta && !extracta.files().isEmpty()) {
                return String.valueOf(extracta.files().get(0).fileId());
            }
            if (event instanceof StandardWebhooksEvent message) {
                return message.messageId();
            }
            return event instanceof ContractProvider.Event custom ? custom.id() : "";
        }
    }
}
