package dev.hookseal.micronaut;

import dev.hookseal.store.DeliveryStore;

/** Times the calls of a store, where the application has a registry of meters. */
@FunctionalInterface
interface StoreMetrics {
    /** Returns the store to use in the place of this one. */
    DeliveryStore of(DeliveryStore store);
}
