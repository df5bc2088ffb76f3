package dev.hookseal.spring;

/** Decides which listeners complete their deliveries in their own transactions. */
@FunctionalInterface
interface ListenerTransactions {
    /** No listener does: the inbox is not in a database, or not in one with a transaction manager. */
    ListenerTransactions NONE = listener -> false;

    /**
     * Returns whether the delivery is completed in the transaction of this listener.
     *
     * @throws dev.hookseal.WebhookConfigurationException if its {@code @Transactional} wants what the transaction of a
     *     completion cannot be
     */
    boolean completes(AnnotatedHandler listener);
}
