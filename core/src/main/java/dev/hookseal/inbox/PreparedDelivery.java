package dev.hookseal.inbox;

import dev.hookseal.VerifiedWebhook;

/**
 * A stored delivery that has been read, with its listener.
 *
 * @apiNote For authors of inboxes.
 * @since 0.1.0
 */
public final class PreparedDelivery {
    private final VerifiedWebhook<?> webhook;
    private final Call call;
    private final boolean transactional;

    /** Calls the listener. */
    @FunctionalInterface
    interface Call {
        void with(Attempt attempt) throws Exception;
    }

    PreparedDelivery(VerifiedWebhook<?> webhook, Call call, boolean transactional) {
        this.webhook = webhook;
        this.call = call;
        this.transactional = transactional;
    }

    /** Returns the delivery that its listener will get. */
    public VerifiedWebhook<?> webhook() {
        return webhook;
    }

    /** Returns whether the listener is to run in the transaction that completes the delivery. */
    public boolean isTransactional() {
        return transactional;
    }

    /**
     * Calls the listener.
     *
     * @throws Exception what the listener throws
     */
    public void handle(Attempt attempt) throws Exception {
        call.with(attempt);
    }
}
