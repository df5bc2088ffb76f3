/**
 * Deliveries seen before: a {@link dev.hookseal.delivery.DeliveryStore} remembers each
 * {@link dev.hookseal.delivery.DeliveryKey} through a {@link dev.hookseal.delivery.DeliveryClaim}, the
 * {@link dev.hookseal.delivery.InMemoryDeliveryStore} on one node; and a
 * {@link dev.hookseal.delivery.DeliveryObserver} hears the {@link dev.hookseal.delivery.DeliveryOutcome} of each: the
 * {@link dev.hookseal.delivery.LoggingObserver} writes it to the log, the
 * {@link dev.hookseal.delivery.MicrometerObserver} counts it.
 */
@NullMarked
package dev.hookseal.delivery;

import org.jspecify.annotations.NullMarked;
