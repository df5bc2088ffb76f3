package dev.hookseal.inbox;

/**
 * Thrown for a delivery that this version of the application has no listener for. Another version may have one, so this is
 * not a failed attempt.
 *
 * @since 0.1.0
 */
public final class NoListenerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoListenerException(String message) {
        super(message);
    }
}
