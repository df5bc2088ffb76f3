package dev.hookseal.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a listener for a delivery that will fail however often it is tried. The delivery is parked at once, with this
 * message as its cause, until an operator runs it again or discards it.
 *
 * @since 0.1.0
 */
public class ParkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates one with the reason that an operator sees. */
    public ParkException(String message) {
        super(message);
    }

    /** Creates one with the reason that an operator sees. */
    public ParkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
