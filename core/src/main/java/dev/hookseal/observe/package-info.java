/**
 * Logs, metrics and records of deliveries: a {@link dev.hookseal.observe.DeliveryObserver} receives the
 * {@link dev.hookseal.observe.DeliveryOutcome} of each delivery. {@link dev.hookseal.observe.LoggingObserver} logs it,
 * {@link dev.hookseal.observe.MicrometerObserver} counts it, {@link dev.hookseal.observe.MeteredDeliveryStore} times the
 * calls of a delivery store, and {@link dev.hookseal.observe.RejectedDeliveryFiles} keeps rejected deliveries for a
 * diagnosis.
 */
@NullMarked
package dev.hookseal.observe;

import org.jspecify.annotations.NullMarked;
