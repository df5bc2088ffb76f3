package dev.hookseal.signature;

/**
 * What of a request's body a signature covers.
 *
 * @since 0.1.0
 */
public enum Coverage {
    /** The whole body, byte for byte. */
    BODY,
    /** A part of the body: what is beside it can be changed by anyone. */
    PART_OF_BODY,
    /**
     * Nothing: a token identifies the sender, and <strong>anyone who has seen one request can send it with another
     * body</strong>.
     */
    NOTHING
}
