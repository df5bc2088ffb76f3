package dev.hookseal.store;

import java.util.UUID;

/** The answer of a {@link DeliveryStore} to a claim. */
public sealed interface DeliveryClaim {

    /**
     * The delivery is the caller's to handle.
     *
     * @param token with which it is completed or released; a claim after the lease is over has another one
     */
    record Granted(UUID token) implements DeliveryClaim {}

    /** It has been handled. */
    record Completed() implements DeliveryClaim {}

    /** It is being handled, and the lease is not over. */
    record InProgress() implements DeliveryClaim {}
}
