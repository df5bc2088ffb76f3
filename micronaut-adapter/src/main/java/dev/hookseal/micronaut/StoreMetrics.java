package dev.hookseal.micronaut;

import dev.hookseal.inbox.Inbox;
import dev.hookseal.store.DeliveryStore;

/** Times the calls of a store and an inbox, where the application has a registry of meters. */
interface StoreMetrics {
    /** Returns the store to use in the place of this one. */
    DeliveryStore of(DeliveryStore store);

    /** Returns the inbox to use in the place of this one. */
    Inbox of(Inbox inbox);
}
