package dev.hookseal.jdbc.internal;

import org.jspecify.annotations.Nullable;

/** The database did not answer, or not in time. Core tells the sender to come again. */
public final class StoreUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates one with what failed. */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
