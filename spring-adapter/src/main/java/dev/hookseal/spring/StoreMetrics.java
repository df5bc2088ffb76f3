package dev.hookseal.spring;

import dev.hookseal.inbox.Inbox;
import dev.hookseal.store.DeliveryStore;

/** Times the calls of a store and of an inbox, where the application has a registry of meters. */
interface StoreMetrics {
    /** Times nothing. */
    StoreMetrics NONE = new StoreMetrics() {};

    /** Returns the store to use in the place of this one. */
    default DeliveryStore of(DeliveryStore store) {
        return store;
    }

    /** Returns the inbox to use in the place of this one. */
    default Inbox of(Inbox inbox) {
        return inbox;
    }
}
