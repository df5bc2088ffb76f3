package dev.hookseal.contract;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.StoredDelivery;
import java.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** One node with an inbox on a {@link CarelessInboxTable}. */
final class CarelessInbox implements ContractInbox {
    private final CarelessInboxTable table;
    private final Clock nodeClock;
    // what is answered and not stored, by a node that answers before it has stored
    private final Queue<StoredDelivery> answered = new ConcurrentLinkedQueue<>();

    CarelessInbox(CarelessInboxTable table, Clock nodeClock) {
        this.table = table;
        this.nodeClock = nodeClock;
    }

    CarelessInboxTable table() {
        return table;
    }

    /** Returns the time of the table, which all nodes share. */
    Instant now() {
        return (table.is(InboxFault.GOES_BY_THE_NODES_CLOCK) ? nodeClock : Clock.systemUTC()).instant();
    }

    @Override
    public Inbox inbox() {
        return delivery -> {
            if (table.is(InboxFault.ANSWERS_BEFORE_IT_HAS_STORED)) {
                answered.add(delivery);
                return Acceptance.ACCEPTED;
            }
            return table.accept(delivery, now());
        };
    }

    @Override
    public CarelessWorkers start(InboxDispatcher dispatcher) {
        for (StoredDelivery next = answered.poll(); next != null; next = answered.poll()) {
            table.accept(next, now());
        }
        return new CarelessWorkers(this, dispatcher);
    }

    @Override
    public void runDue(InboxDispatcher dispatcher) {
        try (CarelessWorkers workers = start(dispatcher)) {
            while (workers.isBusy()) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Override
    public State state(String key) {
        return table.state(key);
    }

    @Override
    public boolean rerun(String key) {
        return table.rerun(key, now());
    }

    @Override
    public boolean discard(String key) {
        return table.discard(key, now());
    }

    @Override
    public boolean erase(String key) {
        return table.erase(key, now());
    }

    @Override
    public ContractInbox anotherNode(Clock clock) {
        return new CarelessInbox(table, clock);
    }

    @Override
    public void close() {
        answered.clear();
    }
}
