package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.inbox.WebhookHandler;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules that every inbox follows which also handles what it has accepted: what was acknowledged is handled, once if its
 * listener is transactional; what fails is tried again, and what fails for good stays.
 *
 * <p>Its nodes try {@value #MAX_ATTEMPTS} times, first after at most {@link #FIRST_WAIT} and never after more than twice as
 * much. Time is moved and never waited for.
 *
 * @since 0.1.0
 */
@Timeout(60)
public abstract class InboxContract {
    /** After so many failed attempts a delivery is parked. */
    protected static final int MAX_ATTEMPTS = 3;

    /** The longest wait after the first failed attempt; no other is longer than twice as much. */
    protected static final Duration FIRST_WAIT = Duration.ofMinutes(10);

    private static final Duration LONGER_THAN_ANY_WAIT = FIRST_WAIT.multipliedBy(3);
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("a secret of the contract, long enough");
    private static final String ID = "1";
    private static final String KEY = "formflow:" + ID;

    private final ContractClock clock = new ContractClock();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private ContractInbox node;
    private WebhookReceiver<FormFlowEvent> receiver;

    /** Called by a subclass. */
    protected InboxContract() {}

    /**
     * Returns a node with an empty inbox, for one test.
     *
     * @throws Exception if it cannot be started, which fails the test
     */
    protected abstract ContractInbox open() throws Exception;

    /**
     * Does for what is stored what the passing of time would do.
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

    private WebhookReceiver<FormFlowEvent> receiver(ContractInbox at) {
        EndpointSettings settings = EndpointSettings.builder("formflow")
                .secret(SECRET)
                .replayWindow(Duration.ofDays(3650))
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

    private static WebhookRequest request(String id) {
        return FormFlowEvents.extracted().withEventId(id).signedWith(SECRET).toWebhookRequest();
    }

    private int deliver(String id) {
        return deliver(receiver, id);
    }

    private static int deliver(WebhookReceiver<FormFlowEvent> to, String id) {
        return ((Decision.Answered<FormFlowEvent>) to.receive(request(id)))
                .response()
                .status();
    }

    private InboxDispatcher listener(WebhookHandler<FormFlowEvent> handler) {
        return InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of(), recorded(handler))
                .build();
    }

    private InboxDispatcher transactional(WebhookHandler<FormFlowEvent> handler) {
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

    private InboxDispatcher succeeds() {
        return listener((webhook, attempt) -> {});
    }

    private InboxDispatcher fails() {
        return listener((webhook, attempt) -> {
            throw new IllegalStateException("the rule wants it to fail");
        });
    }

    private void moveOn(Duration by) throws Exception {
        clock.moveOn(by);
        timeMoved(by);
    }

    private void runUntilParked(InboxDispatcher dispatcher) throws Exception {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            node.runDue(dispatcher);
            moveOn(LONGER_THAN_ANY_WAIT);
        }
    }

    @Test
    void acceptsADeliveryAndHandlesItOnce() throws Exception {
        assertEquals(202, deliver(ID));
        assertEquals(State.OPEN, node.state(KEY));

        node.runDue(succeeds());
        node.runDue(succeeds());

        assertEquals(List.of("1 1"), calls);
        assertEquals(State.HANDLED, node.state(KEY));
    }

    @Test
    void givesTheListenerWhatWasVerified() throws Exception {
        List<VerifiedWebhook<FormFlowEvent>> handled = new ArrayList<>();
        WebhookRequest request = request(ID);
        receiver.receive(request);

        node.runDue(listener((webhook, attempt) -> handled.add(webhook)));

        assertEquals(1, handled.size());
        assertArrayEquals(body(request), handled.get(0).signedBytes());
        assertEquals(KEY, String.valueOf(handled.get(0).deliveryKey()));
    }

    private static byte[] body(WebhookRequest request) throws WebhookRejectedException {
        return request.body();
    }

    @Test
    void answersADuplicateWith200WhateverHasBecomeOfTheFirst() throws Exception {
        deliver("handled");
        node.runDue(succeeds());
        deliver("parked");
        runUntilParked(fails());
        deliver("discarded");
        node.discard("formflow:discarded");
        deliver("erased");
        node.erase("formflow:erased");
        deliver("open");

        for (String id : List.of("handled", "parked", "discarded", "erased", "open")) {
            assertEquals(200, deliver(id), id);
        }
        calls.clear();
        node.runDue(succeeds());
        assertEquals(List.of("open 1"), calls);
    }

    @Test
    void acceptsOneOfManyAtTheSameTime() throws Exception {
        for (int round = 0; round < 5; round++) {
            String id = "round-" + round;

            List<Integer> answers = DeliveryStoreContract.atOnce(64, () -> deliver(id));

            assertEquals(1, Collections.frequency(answers, 202), id);
            assertEquals(63, Collections.frequency(answers, 200), id);
        }
        node.runDue(succeeds());
        assertEquals(5, calls.size());
    }

    @Test
    void hasStoredADeliveryBeforeItIsAnswered() throws Exception {
        ContractInbox another = node.anotherNode(clock);

        for (int i = 0; i < 20; i++) {
            deliver("at-once-" + i);
            assertEquals(State.OPEN, another.state("formflow:at-once-" + i));
        }
        another.close();
    }

    @Test
    void acceptsTheSameAgainOnceItsRetentionIsOver() throws Exception {
        deliver(ID);
        node.runDue(succeeds());
        moveOn(RETENTION.plusMinutes(1));

        assertEquals(202, deliver(ID));

        node.runDue(succeeds());
        assertEquals(List.of("1 1", "1 1"), calls);
    }

    @Test
    void remembersForAsLongAsTheRetention() throws Exception {
        deliver(ID);
        node.runDue(succeeds());
        moveOn(RETENTION.minusMinutes(1));

        assertEquals(200, deliver(ID));
    }

    @Test
    void acceptsEveryKeyAndKeepsThemApart() throws Exception {
        StringBuilder printable = new StringBuilder("formflow:");
        for (char c = '!'; c <= '~'; c++) {
            printable.append(c);
        }
        String longest = printable + "x".repeat(DeliveryKey.MAX_LENGTH - printable.length());
        VerifiedWebhook<FormFlowEvent> webhook = verified();

        for (String key : List.of(longest, "formflow:Case", "formflow:case", "formflow:CASE", "formflow:case.")) {
            StoredDelivery delivery =
                    new StoredDelivery(new DeliveryKey(key, RETENTION), "extracted", webhook.signedContent());
            assertEquals(Acceptance.ACCEPTED, node.inbox().accept(delivery), key);
            assertEquals(Acceptance.DUPLICATE, node.inbox().accept(delivery), key);
            assertEquals(State.OPEN, node.state(key), key);
        }
    }

    private VerifiedWebhook<FormFlowEvent> verified() throws WebhookRejectedException {
        List<VerifiedWebhook<FormFlowEvent>> webhooks = new ArrayList<>();
        WebhookReceiver.builder(new FormFlowProvider(), receiver.settings())
                .inbox(
                        stored -> {
                            try {
                                webhooks.add(receiver.restore(stored.content()));
                            } catch (WebhookRejectedException e) {
                                throw new IllegalStateException(e);
                            }
                            return Acceptance.ACCEPTED;
                        },
                        Set.of())
                .build()
                .receive(request(ID));
        return webhooks.get(0);
    }

    @Test
    void triesAFailedDeliveryAgainAfterAWait() throws Exception {
        deliver(ID);

        node.runDue(fails());
        node.runDue(fails());
        assertEquals(List.of("1 1"), calls);
        moveOn(LONGER_THAN_ANY_WAIT);
        node.runDue(succeeds());

        assertEquals(List.of("1 1", "1 2"), calls);
        assertEquals(State.HANDLED, node.state(KEY));
    }

    @Test
    void parksADeliveryAfterTheLastAttempt() throws Exception {
        deliver(ID);

        runUntilParked(fails());
        moveOn(Duration.ofDays(400));
        node.runDue(fails());

        assertEquals(List.of("1 1", "1 2", "1 3"), calls);
        assertEquals(State.PARKED, node.state(KEY));
    }

    @Test
    void countsAnErrorAsAFailedAttempt() throws Exception {
        deliver(ID);

        runUntilParked(listener((webhook, attempt) -> {
            throw new StackOverflowError();
        }));

        assertEquals(State.PARKED, node.state(KEY));
    }

    @Test
    void parksADeliveryAtOnceIfTheListenerSaysSo() throws Exception {
        deliver(ID);

        node.runDue(listener((webhook, attempt) -> {
            throw new ParkException("an order that does not exist");
        }));

        assertEquals(State.PARKED, node.state(KEY));
    }

    @Test
    void handlesOthersBesideOneThatFails() throws Exception {
        deliver("poison");
        for (int i = 0; i < 20; i++) {
            deliver("good-" + i);
        }

        node.runDue(listener((webhook, attempt) -> {
            if (webhook.event().eventId().equals("poison")) {
                throw new IllegalStateException("the rule wants it to fail");
            }
        }));

        for (int i = 0; i < 20; i++) {
            assertEquals(State.HANDLED, node.state("formflow:good-" + i));
        }
        assertEquals(State.OPEN, node.state("formflow:poison"));
    }

    @Test
    void runsAParkedDeliveryAgainFromItsFirstAttempt() throws Exception {
        deliver(ID);
        runUntilParked(fails());
        calls.clear();

        assertTrue(node.rerun(KEY));
        assertFalse(node.rerun(KEY));
        node.runDue(succeeds());

        assertEquals(List.of("1 1"), calls);
        assertEquals(State.HANDLED, node.state(KEY));
        assertFalse(node.rerun(KEY));
    }

    @Test
    void runsAgainOnceForManyOperators() throws Exception {
        deliver(ID);
        runUntilParked(fails());

        List<Boolean> rerun = DeliveryStoreContract.atOnce(16, () -> node.rerun(KEY));

        assertEquals(1, Collections.frequency(rerun, true));
    }

    @Test
    void neverHandlesWhatIsDiscardedOrErased() throws Exception {
        deliver("discarded");
        deliver("erased");
        assertTrue(node.discard("formflow:discarded"));
        assertFalse(node.discard("formflow:discarded"));
        assertTrue(node.erase("formflow:erased"));
        assertFalse(node.erase("formflow:never-accepted"));

        moveOn(LONGER_THAN_ANY_WAIT);
        node.runDue(succeeds());

        assertEquals(List.of(), calls);
        assertEquals(State.DISCARDED, node.state("formflow:discarded"));
        assertEquals(State.DISCARDED, node.state("formflow:erased"));
        assertFalse(node.rerun("formflow:discarded"));
    }

    @Test
    void leavesADeliveryWithoutAListenerToAnotherVersionOfTheApplication() throws Exception {
        deliver(ID);
        InboxDispatcher older = InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("export"), (webhook, attempt) -> {})
                .build();

        for (int i = 0; i <= MAX_ATTEMPTS; i++) {
            node.runDue(older);
            moveOn(Duration.ofMinutes(1));
        }
        assertEquals(State.OPEN, node.state(KEY));
        node.runDue(succeeds());

        assertEquals(List.of("1 1"), calls);
    }

    @Test
    void parksADeliveryThatHasNoListenerForAnHour() throws Exception {
        deliver(ID);
        InboxDispatcher older = InboxDispatcher.builder()
                .listener("formflow", receiver::restore, Set.of("export"), (webhook, attempt) -> {})
                .build();

        node.runDue(older);
        moveOn(Duration.ofMinutes(61));
        node.runDue(older);

        assertEquals(State.PARKED, node.state(KEY));
    }

    @Test
    void commitsWhatATransactionalListenerWritesWithTheCompletion() throws Exception {
        deliver(ID);

        node.runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            assertEquals(List.of(), written());
        }));

        assertEquals(List.of(KEY), written());
        assertEquals(State.HANDLED, node.state(KEY));
    }

    @Test
    void rollsBackWhatATransactionalListenerWritesIfItFails() throws Exception {
        deliver(ID);

        node.runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            throw new Exception("checked exceptions too");
        }));

        assertEquals(List.of(), written());
        assertEquals(State.OPEN, node.state(KEY));
    }

    @Test
    void rollsBackWhatATransactionalListenerWritesIfTheDeliveryIsTakenFromIt() throws Exception {
        deliver(ID);

        node.runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            assertTrue(node.erase(KEY));
        }));

        assertEquals(List.of(), written());
        assertEquals(State.DISCARDED, node.state(KEY));
    }

    @Test
    void completesNothingThatWasTakenFromAListener() throws Exception {
        deliver(ID);

        node.runDue(listener((webhook, attempt) -> assertTrue(node.erase(KEY))));

        assertEquals(State.DISCARDED, node.state(KEY));
    }

    @Test
    void failsNothingThatWasTakenFromAListener() throws Exception {
        deliver(ID);

        node.runDue(listener((webhook, attempt) -> {
            assertTrue(node.erase(KEY));
            throw new ParkException("too late");
        }));

        assertEquals(State.DISCARDED, node.state(KEY));
    }

    @Test
    void discardsNothingThatAListenerHas() throws Exception {
        deliver(ID);

        node.runDue(listener((webhook, attempt) -> assertFalse(node.discard(KEY))));

        assertEquals(State.HANDLED, node.state(KEY));
    }

    @Test
    void aNodeWhoseClockIsAheadTakesNothingFromAnother() throws Exception {
        deliver(ID);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ContractInbox.Workers slow = node.start(listener((webhook, attempt) -> {
            if (webhook.event().eventId().equals(ID)) {
                running.countDown();
                end.await();
            }
        }));
        ContractInbox ahead = node.anotherNode(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
        ContractInbox.Workers fast = ahead.start(listenerOf(ahead));
        try {
            assertTrue(running.await(30, TimeUnit.SECONDS));
            for (int i = 0; i < 20; i++) {
                deliver("other-" + i);
            }
            for (int i = 0; i < 20; i++) {
                awaitState("formflow:other-" + i, State.HANDLED);
            }
            end.countDown();
            awaitState(KEY, State.HANDLED);
        } finally {
            end.countDown();
            slow.close();
            fast.close();
            ahead.close();
        }

        assertEquals(21, calls.size());
    }

    private InboxDispatcher listenerOf(ContractInbox at) {
        WebhookReceiver<FormFlowEvent> its = receiver(at);
        return InboxDispatcher.builder()
                .listener("formflow", its::restore, Set.of(), recorded((webhook, attempt) -> {}))
                .build();
    }

    private void awaitState(String key, State state) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (node.state(key) != state && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(state, node.state(key));
    }

    @Test
    void givesBackWhatAListenerHasWhenTheApplicationEnds() throws Exception {
        deliver(ID);
        CountDownLatch running = new CountDownLatch(1);
        ContractInbox.Workers workers = node.start(listener((webhook, attempt) -> {
            running.countDown();
            new CountDownLatch(1).await();
        }));
        assertTrue(running.await(30, TimeUnit.SECONDS));

        workers.close();
        node.runDue(succeeds());

        assertEquals(List.of("1 1", "1 1"), calls);
        assertEquals(State.HANDLED, node.state(KEY));
    }
}
