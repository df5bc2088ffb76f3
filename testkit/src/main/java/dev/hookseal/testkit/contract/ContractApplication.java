package dev.hookseal.testkit.contract;

import dev.hookseal.WebhookReceiver;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.delivery.DeliveryObserver;
import dev.hookseal.delivery.DeliveryOutcome;
import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs behind the routes of a {@link ContractServer}. The server is configured with {@link #properties()}, or has
 * receivers made from the same by {@link #receiver}; uses this clock, store and observer; and serves these routes, each
 * by handing over what it got and answering what it is given:
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
 * <tr><td>{@value #STRICT}</td><td>POST</td><td>strict</td><td>{@link #handle(String, Object)}</td></tr>
 * <tr><td>{@value #EXTRACTA}</td><td>POST</td><td>extracta</td><td>the same</td></tr>
 * <tr><td>{@value #PLAIN}</td><td>POST</td><td>none</td><td>answers 200 and the bytes of the body</td></tr>
 * <tr><td>{@value #PLAIN_FORM}</td><td>POST</td><td>none</td><td>answers 200 and the value of the form's field
 *   {@code word}</td></tr>
 * <tr><td>{@value #PLAIN_FAILURE}</td><td>POST</td><td>none</td><td>{@link #fail}</td></tr>
 * </table>
 *
 * <p>What {@link #handle} throws is to be thrown on. Handlers may block: they belong on threads that may. The logger
 * {@code dev.hookseal} is to write its DEBUG lines.
 */
public final class ContractApplication {
    /** FormFlow's events, each with a secret of its own, {@code extracted} with two. */
    public static final String FORMFLOW = "/formflow";
    /** The same for a handler that the framework would call for other methods, too. */
    public static final String ANY_METHOD = "/formflow/any";
    /** The same for a handler that asks for {@code extracted} alone. */
    public static final String SELECTED = "/formflow/selected";
    /** The same for a handler that reads the body beside the event. */
    public static final String BODY = "/formflow/body";
    /** The same for a handler that answers from another thread. */
    public static final String ASYNC = "/formflow/async";
    /** FormFlow's events with one secret, a tolerance of 5 minutes and a limit of 4 KB. */
    public static final String STRICT = "/strict";
    /** Extracta's events with two secrets. */
    public static final String EXTRACTA = "/extracta";
    /** No webhook: gives the body back. */
    public static final String PLAIN = "/plain";
    /** No webhook: gives a form's field back. */
    public static final String PLAIN_FORM = "/plain/form";
    /** No webhook: throws. */
    public static final String PLAIN_FAILURE = "/plain/failure";

    private final ContractClock clock = new ContractClock();
    private final ContractStore store = new ContractStore(clock);
    private final List<DeliveryOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final DeliveryObserver observer = outcomes::add;
    private final List<HandlerCall> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<ContractReply>> scripts = new ConcurrentHashMap<>();
    private final ExecutorService otherThreads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "contract-handler");
        thread.setDaemon(true);
        return thread;
    });
    private final ConfiguredEndpoints endpoints =
            new ConfiguredEndpoints(ContractSecrets.endpoints(), List.of(), List.of(), store, clock, List.of(observer));

    ContractApplication() {}

    /** The values below {@code hookseal.endpoints}, for a framework that reads properties. */
    public Map<String, String> properties() {
        return ContractSecrets.properties();
    }

    /**
     * The receiver of an endpoint, for a server that reads no properties. It has this application's clock, store and
     * observer.
     *
     * @param endpoint {@code formflow}, {@code strict} or {@code extracta}
     * @throws IllegalArgumentException if there is no such endpoint
     */
    public WebhookReceiver<?> receiver(String endpoint) {
        WebhookReceiver<?> receiver = endpoints.receivers().get(endpoint);
        if (receiver == null) {
            throw new IllegalArgumentException("The endpoints of the contract are "
                    + endpoints.receivers().keySet() + "; " + endpoint + " is none");
        }
        return receiver;
    }

    /** The clock that the receivers are to use. */
    public Clock clock() {
        return clock;
    }

    /** The store that the receivers are to use. */
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
        return handle(new HandlerCall(route, event, null));
    }

    /**
     * The same for a handler that reads the body, too.
     *
     * @param body as the framework gives it
     */
    public ContractReply handle(String route, Object event, byte[] body) {
        return handle(new HandlerCall(route, event, new String(body, StandardCharsets.ISO_8859_1)));
    }

    /** The same on another thread. */
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
        calls.add(call);
        Supplier<ContractReply> script = scripts.get(call.id());
        return script == null ? new ContractReply(200, call.id()) : script.get();
    }

    /** From now on the handler does this for an event. */
    void script(String id, Supplier<ContractReply> reply) {
        scripts.put(id, reply);
    }

    /** From now on the handler answers 200 again. */
    void unscript(String id) {
        scripts.remove(id);
    }

    List<HandlerCall> calls(String id) {
        return calls.stream().filter(call -> call.id().equals(id)).toList();
    }

    int callCount() {
        return calls.size();
    }

    int outcomeCount() {
        return outcomes.size();
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
     * One call of a handler.
     *
     * @param body a character for each byte, in ISO 8859-1; null if the handler did not read it
     */
    record HandlerCall(String route, Object event, @Nullable String body) {

        /** By what a rule knows its event again: FormFlow's id, or the id of the first file. */
        String id() {
            if (event instanceof FormFlowEvent formFlow) {
                return formFlow.eventId();
            }
            if (event instanceof ExtractaEvent extracta && !extracta.files().isEmpty()) {
                return String.valueOf(extracta.files().get(0).fileId());
            }
            return "";
        }
    }
}
