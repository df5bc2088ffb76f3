package dev.hookseal.inbox;

import dev.hookseal.VerifiedWebhook;

/**
 * Handles deliveries from an inbox. It is what a method with {@link dev.hookseal.WebhookListener} becomes, and what an
 * application without a framework implements.
 *
 * @param <E> the type of the events
 * @since 0.1.0
 */
@FunctionalInterface
public interface WebhookHandler<E> {
    /**
     * Handles a delivery. It may be called again for the same one: after it threw, and if the process dies before its
     * success is recorded.
     *
     * @throws Exception if the delivery is to be handled again later; {@link ParkException} if another attempt is
     *     pointless
     */
    void handle(VerifiedWebhook<E> webhook, Attempt attempt) throws Exception;
}
