package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node with an empty inbox for each rule, and what the rules do with it. */
abstract class InboxRun {
    /** After so many failed attempts a delivery is parked. */
    protected static final int MAX_ATTEMPTS = 3;

    /** The longest wait after the first failed attempt; no other is longer than twice as much. */
    protected static final Duration FIRST_WAIT = Duration.ofMinutes(10);

    static final Duration LONGER_THAN_ANY_WAIT = FIRST_WAIT.multipliedBy(3);
    static final Duration RETENTION = Duration.ofDays(3);
    static final int PATIENCE_SECONDS = 30;
    static final String ID = "1";
    static final String KEY = "formflow:" + ID;

    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the contract, long enough");

    // the id of each delivery that a listener was called for, with the number of the attempt
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private ContractInbox node;
    private WebhookReceiver<FormFlowEvent> receiver;

    /**
     * Returns a node with an empty inbox, for one test.
     *
     * @throws Exception if it cannot be started, which fails the test
     */
    protected abstract ContractInbox open() throws Exception;

    /**
     * Does for what is stored what the passing of time would do. Nodes that run live on meanwhile: what they renew all the
     * time, such as a heartbeat, is as fresh as before.
     *
     * @throws Exception if it cannot be done, which fails the test
     */
    protected abstract void timeMoved(Duration by) throws Exception;

    /**
     * Writes something of the application's in the transaction of a listener.
     *
     * @throws Exception if it cannot be written
     */
    protected abstract void write(Connection transaction, String text) throws Exception;

    /**
     * Returns what was written and committed.
     *
     * @throws Exception if it cannot be read
     */
    protected abstract List<String> written() throws Exception;

    @BeforeEach
    final void start() throws Exception {
        node = open();
        receiver = receiver(node);
    }

    @AfterEach
    final void stop() throws Exception {
        node.close();
    }

    ContractInbox node() {
        return node;
    }

    WebhookReceiver<FormFlowEvent> receiver() {
        return receiver;
    }

    List<String> calls() {
        return calls;
    }

    WebhookReceiver<FormFlowEvent> receiver(ContractInbox at) {
        EndpointSettings settings = EndpointSettings.builder("formflow")
                .secret(SECRET)
                .replayWindow(Duration.ofDays(3650))
                .maxBodyBytes(4 * 1024 * 1024)
                .build();
        return WebhookReceiver.builder(new FormFlowProvider(), settings)
                .deliveryId(
                        webhook -> webhook.event().eventId().isEmpty()
                                ? null
                                : webhook.event().eventId(),
                        RETENTION)
                .inbox(at.inbox(), Set.of())
                .build();
    }

    static WebhookRequest request(String id) {
        return FormFlowEvents.extracted().withEventId(id).signedWith(SECRET).toWebhookRequest();
    }

    /** Returns a delivery with a body of so many bytes. */
    static WebhookRequest request(String id, int bytes) {
        FakeFormFlowEvent event = FormFlowEvents.extracted().withEventId(id).with("padding", "");
        int others = event.signedWith(SECRET).body().length;
        return event.with("padding", "x".repeat(bytes - others))
                .signedWith(SECRET)
                .toWebhookRequest();
    }

    int deliver(String id) {
        return deliver(receiver, id);
    }

    static int deliver(WebhookReceiver<FormFlowEvent> to, String id) {
        return deliver(to, request(id));
    }

    static int deliver(WebhookReceiver<FormFlowEvent> to, WebhookRequest request) {
        return ((Decision.Answered<FormFlowEvent>) to.receive(request))
                .response()
                .status();
    }

    InboxDispatcher listener(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of(), recorded(handler))
                .build();
    }

    InboxDispatcher transactional(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .transactionalListener("formflow", receiver::restore, Set.of(), recorded(handler))
                .build();
    }

    private WebhookHandler<FormFlowEvent> recorded(WebhookHandler<FormFlowEvent> handler) {
        return (webhook, attempt) -> {
            calls.add(webhook.event().eventId() + " " + attempt.number());
            handler.handle(webhook, attempt);
        };
    }

    InboxDispatcher succeeds() {
        return listener((webhook, attempt) -> {});
    }

    InboxDispatcher fails() {
        return listener((webhook, attempt) -> {
            throw new IllegalStateException("the rule wants it to fail");
        });
    }

    void runUntilParked(InboxDispatcher dispatcher) throws Exception {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            node.runDue(dispatcher);
            timeMoved(LONGER_THAN_ANY_WAIT);
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "what the rule waits for does not happen");
    }

    void awaitState(String key, State state) {
        long deadline = deadline();
        while (node.state(key) != state && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(state, node.state(key));
    }

    static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }
}
