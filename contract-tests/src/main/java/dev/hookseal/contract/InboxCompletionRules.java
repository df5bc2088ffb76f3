package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.contract.ContractInbox.State;
import dev.hookseal.inbox.ParkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A delivery is completed together with what its listener writes, by the worker that has it. */
abstract class InboxCompletionRules extends InboxRun {
    private static final int ROUNDS = 20;

    @Test
    void commitsWhatATransactionalListenerWritesWithTheCompletion() throws Exception {
        deliver(ID);

        node().runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            assertEquals(List.of(), written());
        }));

        assertEquals(List.of(KEY), written());
        assertEquals(State.HANDLED, node().state(KEY));
    }

    @Test
    void rollsBackWhatATransactionalListenerWritesIfItFails() throws Exception {
        deliver(ID);

        node().runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            throw new Exception("checked exceptions too");
        }));

        assertEquals(List.of(), written());
        assertEquals(State.OPEN, node().state(KEY));
    }

    @Test
    void rollsBackWhatATransactionalListenerWritesIfTheDeliveryIsTakenFromIt() throws Exception {
        deliver(ID);

        node().runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            assertTrue(node().erase(KEY));
        }));

        assertEquals(List.of(), written());
        assertEquals(State.DISCARDED, node().state(KEY));
    }

    @Test
    void completesNothingWhoseTransactionIsLost() throws Exception {
        deliver(ID);

        node().runDue(transactional((webhook, attempt) -> {
            write(attempt.connection(), KEY);
            // as if the database had closed it
            attempt.connection().close();
        }));

        assertEquals(node().state(KEY) == State.HANDLED ? List.of(KEY) : List.of(), written());
    }

    @Test
    void showsWhatATransactionalListenerWritesTogetherWithTheCompletion() throws Exception {
        ContractInbox.Workers workers = node().start(transactional(
                (webhook, attempt) -> write(attempt.connection(), String.valueOf(webhook.deliveryKey()))));
        try (workers) {
            for (int i = 0; i < ROUNDS; i++) {
                deliver("round-" + i);
                watchUntilHandled("formflow:round-" + i);
            }
        }
    }

    // Whatever is seen first, the other has to be there already.
    private void watchUntilHandled(String key) throws Exception {
        long deadline = deadline();
        boolean handled = false;
        while (!handled) {
            assertTrue(System.nanoTime() < deadline, () -> key + " is not handled");
            if (written().contains(key)) {
                assertEquals(State.HANDLED, node().state(key), "the state of what a listener has committed");
            }
            handled = node().state(key) == State.HANDLED;
        }
        assertTrue(written().contains(key), () -> key + " is handled before its listener has committed");
    }

    @Test
    void completesNothingThatAnotherWorkerHas() throws Exception {
        deliver(ID);
        CompletableFuture<Connection> firstRuns = new CompletableFuture<>();
        CountDownLatch secondRuns = new CountDownLatch(1);
        ContractInbox.Workers first = node().start(transactional((webhook, attempt) -> {
            write(attempt.connection(), "late");
            firstRuns.complete(attempt.connection());
            awaitWhateverInterrupts(secondRuns);
        }));
        Connection late = firstRuns.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        first.close();
        ContractInbox.Workers second = node().start(transactional((webhook, attempt) -> {
            write(attempt.connection(), "in time");
            secondRuns.countDown();
            awaitEnd(late);
        }));

        try (second) {
            awaitState(KEY, State.HANDLED);
        } finally {
            secondRuns.countDown();
        }

        assertEquals(List.of("1 1", "1 1"), calls());
        assertEquals(List.of("in time"), written());
    }

    private static void awaitWhateverInterrupts(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                // a listener that ignores it
            }
        }
    }

    private static void awaitEnd(Connection transaction) throws SQLException {
        long deadline = deadline();
        while (!transaction.isClosed()) {
            assertTrue(System.nanoTime() < deadline, "the transaction of the first attempt does not end");
            Thread.onSpinWait();
        }
    }

    @Test
    void completesNothingThatWasTakenFromAListener() throws Exception {
        deliver(ID);

        node().runDue(listener((webhook, attempt) -> assertTrue(node().erase(KEY))));

        assertEquals(State.DISCARDED, node().state(KEY));
    }

    @Test
    void failsNothingThatWasTakenFromAListener() throws Exception {
        deliver(ID);

        node().runDue(listener((webhook, attempt) -> {
            assertTrue(node().erase(KEY));
            throw new ParkException("too late");
        }));

        assertEquals(State.DISCARDED, node().state(KEY));
    }
}
