package dev.hookseal.redis;

import org.jspecify.annotations.Nullable;

/** Redis cannot answer: the sender is told to come again later. */
final class RedisStoreException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final boolean maybeExecuted;

    private RedisStoreException(String message, @Nullable Throwable cause, boolean maybeExecuted) {
        super(message, cause);
        this.maybeExecuted = maybeExecuted;
    }

    /** Nothing was sent. */
    static RedisStoreException notSent(String message) {
        return new RedisStoreException(message, null, false);
    }

    /**
     * It was sent, and no one can say whether Redis did it. That goes for an error that Redis answered, too: Lettuce may
     * have sent it before, on a connection that was lost, and again to a server that was starting.
     */
    static RedisStoreException unknown(String message, Throwable cause) {
        return new RedisStoreException(message, cause, true);
    }

    boolean maybeExecuted() {
        return maybeExecuted;
    }
}
