package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.inbox.InboxDispatcher;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes share an inbox: none takes from another what it has, whatever its clock says, and an ending one gives it back. */
abstract class InboxNodeRules extends InboxCompletionRules {
    private static final int SHARED = 100;
    private static final int OTHERS = 20;

    @Test
    void givesBackWhatAListenerHasWhenTheApplicationEnds() throws Exception {
        deliver(ID);
        CountDownLatch running = new CountDownLatch(1);
        ContractInbox.Workers workers = node().start(listener((webhook, attempt) -> {
            running.countDown();
            new CountDownLatch(1).await();
        }));
        await(running);

        workers.close();
        node().runDue(succeeds());

        assertEquals(List.of("1 1", "1 1"), calls());
        assertEquals(State.HANDLED, node().state(KEY));
    }

    @Test
    void hasStoredADeliveryBeforeItIsAnswered() throws Exception {
        try (ContractInbox another = another(Duration.ZERO)) {
            for (int i = 0; i < OTHERS; i++) {
                deliver("at-once-" + i);
                assertEquals(State.OPEN, another.state("formflow:at-once-" + i));
            }
        }
    }

    @Test
    void handlesADeliveryOnceOnManyNodes() throws Exception {
        ContractInbox another = another(Duration.ZERO);
        ContractInbox.Workers its = another.start(succeeds());
        ContractInbox.Workers own = node().start(succeeds());
        try (another;
                its;
                own) {
            for (int i = 0; i < SHARED; i++) {
                deliver(receiver(i % 2 == 0 ? node() : another), "shared-" + i);
            }
            for (int i = 0; i < SHARED; i++) {
                awaitState("formflow:shared-" + i, State.HANDLED);
            }
        }

        assertEquals(SHARED, calls().size());
    }

    @Test
    void keepsADeliveryFromOthersHoweverLongItsListenerRuns() throws Exception {
        assertKeptFrom(another(Duration.ZERO), Duration.ofDays(1));
    }

    @Test
    void aNodeWhoseClockIsAheadTakesNothingFromAnother() throws Exception {
        assertKeptFrom(another(Duration.ofMinutes(10)), Duration.ZERO);
    }

    private void assertKeptFrom(ContractInbox another, Duration meanwhile) throws Exception {
        deliver(ID);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ContractInbox.Workers slow = node().start(listener((webhook, attempt) -> {
            if (webhook.event().eventId().equals(ID)) {
                running.countDown();
                end.await();
            }
        }));
        AtomicInteger handledByOther = new AtomicInteger();
        InboxDispatcher counts = listener((webhook, attempt) -> handledByOther.incrementAndGet());
        try (another;
                slow) {
            await(running);
            timeMoved(meanwhile);
            ContractInbox.Workers other = another.start(counts);
            try (other) {
                long deadline = deadline();
                for (int i = 0; handledByOther.get() < OTHERS; i++) {
                    assertTrue(System.nanoTime() < deadline, "the other node handles nothing");
                    deliver(receiver(another), "other-" + i);
                    awaitState("formflow:other-" + i, State.HANDLED);
                }
                end.countDown();
                awaitState(KEY, State.HANDLED);
            }
        } finally {
            end.countDown();
        }

        assertEquals(
                List.of("1 1"),
                calls().stream().filter(call -> call.startsWith(ID + " ")).toList());
    }

    @Test
    void aNodeWhoseClockIsAheadTriesNothingBeforeItsTime() throws Exception {
        deliver(ID);
        node().runDue(fails());

        try (ContractInbox ahead = another(LONGER_THAN_ANY_WAIT)) {
            ahead.runDue(succeeds());
        }

        assertEquals(List.of("1 1"), calls());
    }

    @Test
    void aNodeWhoseClockIsAheadForgetsNothingBeforeItsTime() throws Exception {
        deliver(ID);
        node().runDue(succeeds());

        try (ContractInbox ahead = another(RETENTION.plusMinutes(1))) {
            assertEquals(200, deliver(receiver(ahead), ID));
        }
    }

    @Test
    void aNodeWhoseClockIsBehindHandlesWhatAnotherHasAccepted() throws Exception {
        deliver(ID);

        try (ContractInbox behind = another(Duration.ofMinutes(-10))) {
            behind.runDue(succeeds());
        }

        assertEquals(List.of("1 1"), calls());
    }

    private ContractInbox another(Duration clockOffset) throws Exception {
        return node().anotherNode(Clock.offset(Clock.systemUTC(), clockOffset));
    }
}
