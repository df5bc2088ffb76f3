/**
 * Duplicate detection: a {@link dev.hookseal.store.DeliveryStore} remembers deliveries by their
 * {@link dev.hookseal.store.DeliveryKey}, through a {@link dev.hookseal.store.DeliveryClaim} for each.
 * {@link dev.hookseal.store.InMemoryDeliveryStore} does so for one node. This package depends on no other.
 */
@NullMarked
package dev.hookseal.store;

import org.jspecify.annotations.NullMarked;
