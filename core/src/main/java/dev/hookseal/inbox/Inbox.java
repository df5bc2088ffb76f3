package dev.hookseal.inbox;

/**
 * Takes over verified deliveries, so that their senders are answered before the work is done. The sender gets 202 once
 * {@link #accept} has returned, and will not send the delivery again.
 *
 * <p>An implementation may keep deliveries in a database, as the module hookseal-inbox does, or publish them to a message
 * broker that confirms what it has stored. Whatever reads them there calls {@link InboxDispatcher}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Inbox {
    /**
     * Stores a delivery durably. It returns well within the time that senders wait, which is 5 s for some.
     *
     * @return {@link Acceptance#DUPLICATE} if a delivery with the same key was accepted before
     * @throws RuntimeException if the delivery may not have been stored: the sender gets 503 and sends it again
     */
    Acceptance accept(StoredDelivery delivery);
}
