package dev.hookseal.observe;

/** Receives the outcome of each delivery, on the request's thread. Its exceptions are logged and dropped. */
@FunctionalInterface
public interface DeliveryObserver {

    /** Observes the outcome of a delivery; called once for each. */
    void observe(DeliveryOutcome outcome);

    /**
     * Observes a rejected delivery; called before {@link #observe} of the same delivery. Does nothing unless
     * overridden.
     *
     * @param delivery valid during the call: copy what is to be kept
     */
    default void rejected(RejectedDelivery delivery) {}

    /**
     * Returns whether it may wait for a disk, a network or a lock: true unless overridden. One that returns false may be
     * called on an event loop, which serves other requests too.
     */
    default boolean mayBlock() {
        return true;
    }
}
