package dev.hookseal.micronaut;

/** Tells which listeners complete their deliveries in the transaction in which they write. */
@FunctionalInterface
interface ListenerGuarantee {
    /**
     * Returns whether a listener runs in the transaction that completes the delivery.
     *
     * @throws dev.hookseal.WebhookConfigurationException if its {@code @Transactional} would mean something else there
     */
    boolean isInTransaction(ListenerMethod listener);
}
