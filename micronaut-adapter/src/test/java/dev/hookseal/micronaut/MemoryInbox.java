package dev.hookseal.micronaut;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.store.DeliveryKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** An inbox of the application, whose deliveries the test has handled. */
final class MemoryInbox implements Inbox {
    private final Map<DeliveryKey, StoredDelivery> stored = new LinkedHashMap<>();
    private volatile Thread acceptedBy = Thread.currentThread();
    private volatile boolean broken;

    @Override
    public synchronized Acceptance accept(StoredDelivery delivery) {
        acceptedBy = Thread.currentThread();
        if (broken) {
            throw new IllegalStateException("The broker does not answer");
        }
        return stored.putIfAbsent(delivery.key(), delivery) == null ? Acceptance.ACCEPTED : Acceptance.DUPLICATE;
    }

    void breakDown() {
        broken = true;
    }

    Thread acceptedBy() {
        return acceptedBy;
    }

    /** Calls the listeners of all deliveries, and forgets those that they did not throw for. */
    synchronized void handleAll(InboxDispatcher dispatcher) throws Exception {
        for (StoredDelivery delivery : Map.copyOf(stored).values()) {
            dispatcher.dispatch(delivery.content(), Attempt.of(1, 3, Server.NOW));
            stored.remove(delivery.key());
        }
    }
}
