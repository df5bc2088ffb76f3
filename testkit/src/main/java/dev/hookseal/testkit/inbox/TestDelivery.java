package dev.hookseal.testkit.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A delivery in a {@link TestInbox}, as it is at one moment.
 *
 * @param attempts how often a listener was called for it since it was accepted or run again
 * @param failure what the listener threw last; null if it did not
 * @since 0.1.0
 */
public record TestDelivery(
        String key,
        String endpoint,
        String eventName,
        State state,
        int attempts,
        @Nullable Throwable failure) {
    /** What has become of it. */
    public enum State {
        /** Accepted, and not tried yet. */
        WAITING,
        /** To be tried again. */
        RETRYING,
        /** Failed for good. */
        PARKED,
        /** Handled. */
        HANDLED,
        /** Given up by an operator. */
        DISCARDED
    }
}
