package dev.hookseal.inbox;

import dev.hookseal.store.DeliveryKey;

/**
 * Thrown by {@link InboxDispatcher#dispatchOnce} while another consumer handles the same delivery, so that the message is
 * read again later: the other one may fail.
 *
 * @since 0.1.0
 */
public final class DeliveryInProgressException extends Exception {
    private static final long serialVersionUID = 1L;

    DeliveryInProgressException(DeliveryKey key) {
        super("Delivery " + key + " is being handled by another consumer");
    }
}
