package dev.hookseal.inbox;

/**
 * The result of {@link Inbox#accept}.
 *
 * @since 0.1.0
 */
public enum Acceptance {
    /** The delivery is stored and will be handled. */
    ACCEPTED,
    /** A delivery with the same key was accepted before, whatever has become of it. */
    DUPLICATE
}
