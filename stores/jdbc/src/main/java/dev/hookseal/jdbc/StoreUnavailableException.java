package dev.hookseal.jdbc;

import org.jspecify.annotations.Nullable;

/** The database did not answer, or not in time. Core tells the sender to come again. */
final class StoreUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
