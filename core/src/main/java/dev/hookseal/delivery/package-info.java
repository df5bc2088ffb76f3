/**
 * Deliveries seen before: a {@link dev.hookseal.delivery.DeliveryStore} remembers each
 * {@link dev.hookseal.delivery.DeliveryKey} through a {@link dev.hookseal.delivery.DeliveryClaim}, the
 * {@link dev.hookseal.delivery.InMemoryDeliveryStore} on one node; and a
 * {@link dev.hookseal.delivery.DeliveryObserver} hears the {@link dev.hookseal.delivery.DeliveryOutcome} of each.
 */
@NullMarked
package dev.hookseal.delivery;

import org.jspecify.annotations.NullMarked;
