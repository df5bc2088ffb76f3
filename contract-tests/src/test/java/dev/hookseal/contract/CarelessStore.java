package dev.hookseal.contract;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Duration;
import java.util.UUID;

/** A store with one fault at a time. */
record CarelessStore(DeliveryStore store, Fault fault) implements DeliveryStore {

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        DeliveryClaim granted = new DeliveryClaim.Granted(UUID.randomUUID());
        DeliveryClaim claim;
        try {
            claim = store.claim(key, lease);
        } catch (IllegalStateException e) {
            if (fault == Fault.HANDLES_WITHOUT_THE_STORE) {
                return granted;
            }
            throw e;
        }
        boolean handlesAnyway = fault == Fault.HANDLES_REPEATS
                || (fault == Fault.KNOWS_NO_DELIVERY_IN_PROGRESS && claim instanceof DeliveryClaim.InProgress);
        return handlesAnyway ? granted : claim;
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return fault == Fault.NEVER_COMPLETES || store.complete(key, token);
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return fault == Fault.LOSES_WHAT_FAILED ? store.complete(key, token) : store.release(key, token);
    }
}
