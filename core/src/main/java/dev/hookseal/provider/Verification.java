package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;

/**
 * What a request turned out to be.
 *
 * @param <E> the type of the events
 * @since 0.1.0
 */
public sealed interface Verification<E> {

    /** A delivery. */
    record Delivery<E>(VerifiedWebhook<E> webhook) implements Verification<E> {}

    /** A question of the provider, and its answer; there is nothing to handle. */
    record Answered<E>(HandshakeReply reply) implements Verification<E> {}
}
