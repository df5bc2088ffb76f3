package dev.hookseal.servlet;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Duration;
import java.util.UUID;

/** A store that does something before it marks a delivery as handled: a slow one, or one that looks around. */
record GatedStore(DeliveryStore store, Runnable beforeComplete) implements DeliveryStore {
    GatedStore(Runnable beforeComplete) {
        this(new InMemoryDeliveryStore(Endpoint.CLOCK), beforeComplete);
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        return store.claim(key, lease);
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        beforeComplete.run();
        return store.complete(key, token);
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return store.release(key, token);
    }
}
