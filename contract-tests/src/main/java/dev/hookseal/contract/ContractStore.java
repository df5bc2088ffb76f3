package dev.hookseal.contract;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** A store in memory that can be down for a while. */
final class ContractStore implements DeliveryStore {
    private final DeliveryStore store;
    private volatile boolean down;

    ContractStore(Clock clock) {
        store = new InMemoryDeliveryStore(clock);
    }

    void down(boolean down) {
        this.down = down;
    }

    private DeliveryStore store() {
        if (down) {
            throw new IllegalStateException("The store of the contract is down");
        }
        return store;
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        return store().claim(key, lease);
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return store().complete(key, token);
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return store().release(key, token);
    }
}
