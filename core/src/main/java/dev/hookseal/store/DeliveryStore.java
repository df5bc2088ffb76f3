package dev.hookseal.store;

import java.time.Duration;
import java.util.UUID;

/**
 * Remembers deliveries, so that each is handled once. All calls are atomic, for all threads and, where the store is
 * shared, for all nodes. A store that cannot answer throws any unchecked exception: where a claim fails, the sender is told
 * to come again later.
 */
public interface DeliveryStore {

    /**
     * Claims a delivery. Of any number of callers at the same time one is granted it; a claim whose lease is over counts
     * for nothing, so that a crash does not hold it for ever.
     *
     * @param lease for how long the claim holds unless it is completed or released
     */
    DeliveryClaim claim(DeliveryKey key, Duration lease);

    /**
     * Marks a delivery as handled, from now for the key's retention.
     *
     * @return false, and nothing is changed, if the claim of this token is over: another may have it by now
     */
    boolean complete(DeliveryKey key, UUID token);

    /**
     * Gives a claim back, so that a redelivery is handled.
     *
     * @return false, and nothing is changed, if the claim of this token is over
     */
    boolean release(DeliveryKey key, UUID token);

    /**
     * Checks that the store can answer, for a health indicator. It does nothing unless a store overrides it.
     *
     * @throws RuntimeException if the store cannot answer
     * @since 0.1.0
     */
    default void check() {}
}
