package dev.hookseal.testkit.inbox;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.NoListenerException;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.testkit.inbox.TestDelivery.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inbox for tests, in memory. Nothing happens by itself: {@link #runDue} calls the listeners of what is due in the test's
 * thread, and {@link #advance} moves its time. Define it as the application's {@code Inbox} bean, in place of that of
 * hookseal-inbox:
 *
 * <pre>{@code
 * client.send(FormFlowEvents.extracted().signedWith(SECRET).toHttpRequest(endpoint), BodyHandlers.discarding());
 *
 * inbox.assertAccepted(1);
 * inbox.runDue(dispatcher);
 * inbox.assertHandledOnce("formflow:extracted:1");
 * }</pre>
 *
 * <p>Deliveries are stored as bytes and read again, as in production. Listeners do not run in a transaction of the inbox, so
 * {@link Attempt#connection()} fails; a {@code @Transactional} method begins its own.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TestInbox implements Inbox {
    private static final int DEFAULT_ATTEMPTS = 15;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration WITHOUT_LISTENER = Duration.ofSeconds(30);

    private final int maxAttempts;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private Duration now = Duration.ZERO;

    private static final class Row {
        private final StoredDelivery delivery;
        private final byte[] stored;
        private State state = State.WAITING;
        private Duration due;
        private int attempts;
        private int handled;
        private @Nullable Throwable failure;

        Row(StoredDelivery delivery, Duration due) {
            this.delivery = delivery;
            this.stored = delivery.content().toStored();
            this.due = due;
        }

        boolean isOpen() {
            return state == State.WAITING || state == State.RETRYING;
        }

        TestDelivery snapshot() {
            return new TestDelivery(
                    delivery.key().value(), delivery.endpoint(), delivery.eventName(), state, attempts, failure);
        }
    }

    /** Creates one that parks a delivery after 15 attempts, as the inbox does unless it is configured otherwise. */
    public TestInbox() {
        this(DEFAULT_ATTEMPTS);
    }

    /**
     * Creates one that parks a delivery after this number of attempts.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public TestInbox(int maxAttempts) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + ", and must be at least 1");
        }
        this.maxAttempts = maxAttempts;
    }

    @Override
    public synchronized Acceptance accept(StoredDelivery delivery) {
        String key = delivery.key().value();
        if (rows.containsKey(key)) {
            return Acceptance.DUPLICATE;
        }
        rows.put(key, new Row(delivery, now));
        return Acceptance.ACCEPTED;
    }

    /** Moves the time of this inbox, so that retries become due. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /**
     * Calls the listeners of all deliveries that are due, each once, in the order in which they were accepted.
     *
     * @param dispatcher the application's bean, or one with the listeners of the test
     * @return how many listeners were called
     */
    public int runDue(InboxDispatcher dispatcher) {
        int called = 0;
        for (Row row : due()) {
            called += run(row, dispatcher) ? 1 : 0;
        }
        return called;
    }

    /**
     * Runs what is due and moves the time to what is due next, until every delivery is handled, parked or discarded.
     *
     * @return how many listeners were called
     * @throws IllegalStateException if a delivery has no listener
     */
    public int runAll(InboxDispatcher dispatcher) {
        int called = 0;
        while (advanceToNext()) {
            int before = called;
            called += runDue(dispatcher);
            if (called == before) {
                throw new IllegalStateException("These deliveries have no listener: " + open());
            }
        }
        return called;
    }

    private synchronized List<Row> due() {
        return rows.values().stream()
                .filter(row -> row.isOpen() && row.due.compareTo(now) <= 0)
                .toList();
    }

    private synchronized boolean advanceToNext() {
        Duration next = rows.values().stream()
                .filter(Row::isOpen)
                .map(row -> row.due)
                .min(Duration::compareTo)
                .orElse(null);
        if (next != null && next.compareTo(now) > 0) {
            now = next;
        }
        return next != null;
    }

    private boolean run(Row row, InboxDispatcher dispatcher) {
        Attempt attempt = begin(row);
        try {
            dispatcher.dispatch(SignedContent.ofStored(row.stored), attempt);
            end(row, State.HANDLED, null);
            return true;
        } catch (NoListenerException e) {
            postpone(row);
            return false;
        } catch (Throwable e) {
            end(row, e instanceof ParkException || attempt.isLast() ? State.PARKED : State.RETRYING, e);
            return true;
        }
    }

    private synchronized Attempt begin(Row row) {
        row.attempts++;
        return Attempt.of(row.attempts, maxAttempts, row.delivery.content().verifiedAt());
    }

    private synchronized void postpone(Row row) {
        row.attempts--;
        row.due = now.plus(WITHOUT_LISTENER);
    }

    private synchronized void end(Row row, State state, @Nullable Throwable failure) {
        row.state = state;
        row.failure = failure;
        if (state == State.HANDLED) {
            row.handled++;
        } else if (state == State.RETRYING) {
            row.due = now.plus(waitAfter(row.attempts));
        }
    }

    // without chance, so that a test does the same each time
    private static Duration waitAfter(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** Has a parked delivery tried again from its first attempt on, as an operator does; returns false if it is not parked. */
    public synchronized boolean rerun(String key) {
        Row row = rows.get(key);
        if (row == null || row.state != State.PARKED) {
            return false;
        }
        row.state = State.WAITING;
        row.attempts = 0;
        row.due = now;
        return true;
    }

    /** Gives a delivery up that is not done with, as an operator does; returns false if it is handled or discarded. */
    public synchronized boolean discard(String key) {
        Row row = rows.get(key);
        if (row == null || row.state == State.HANDLED || row.state == State.DISCARDED) {
            return false;
        }
        row.state = State.DISCARDED;
        return true;
    }

    /** Returns all deliveries in the order in which they were accepted. */
    public synchronized List<TestDelivery> deliveries() {
        return rows.values().stream().map(Row::snapshot).toList();
    }

    private synchronized List<TestDelivery> open() {
        return rows.values().stream().filter(Row::isOpen).map(Row::snapshot).toList();
    }

    /**
     * Returns a delivery.
     *
     * @throws AssertionError if none with this key was accepted; the message lists those that were
     */
    public synchronized TestDelivery delivery(String key) {
        return row(key).snapshot();
    }

    private Row row(String key) {
        Row row = rows.get(key);
        if (row == null) {
            throw new AssertionError(
                    "No delivery " + key + " was accepted; there are " + new ArrayList<>(rows.keySet()));
        }
        return row;
    }

    /** Asserts how many deliveries were accepted; duplicates do not count. */
    public synchronized void assertAccepted(int number) {
        if (rows.size() != number) {
            throw new AssertionError(
                    "Accepted " + rows.size() + " deliveries instead of " + number + ": " + deliveries());
        }
    }

    /** Asserts that a delivery was handled, and only once. */
    public synchronized void assertHandledOnce(String key) {
        Row row = row(key);
        if (row.handled != 1) {
            throw failed("Handled " + row.handled + " times instead of once", row);
        }
    }

    /** Asserts that a delivery is parked, after this number of attempts. */
    public synchronized void assertParkedAfter(int attempts, String key) {
        Row row = row(key);
        if (row.state != State.PARKED || row.attempts != attempts) {
            throw failed("Not parked after " + attempts + " attempts", row);
        }
    }

    private static AssertionError failed(String what, Row row) {
        return new AssertionError(what + ": " + row.snapshot(), row.failure);
    }
}
