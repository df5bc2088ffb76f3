package dev.hookseal.testkit;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;

/**
 * An event that no provider sent: written and signed as the provider does.
 *
 * <pre>{@code
 * SignedDelivery delivery = FormFlowEvents.extracted().signedWith("the endpoint's secret");
 * FormFlowEvent event = FormFlowEvents.extracted().event();
 * }</pre>
 *
 * <p>Immutable: each change gives another event.
 *
 * @param <E> what a handler is given for it
 */
public sealed interface FakeEvent<E> permits FakeFormFlowEvent, FakeExtractaEvent {

    /** The name of the event in the body; empty if there is none, or if it is no string. */
    String name();

    /** The body in UTF-8, as a copy. */
    byte[] body();

    /**
     * The delivery of this event, signed with the newest secret for it. Each call is a delivery at its own time: for
     * FormFlow the time header may differ, the body does not.
     *
     * @throws IllegalArgumentException if there is no secret for this event, or nothing is left of it to sign with
     */
    SignedDelivery signedWith(SecretSource secrets);

    /** The same with one secret. */
    default SignedDelivery signedWith(SigningSecret secret) {
        return signedWith(SecretSource.of(secret));
    }

    /**
     * The same with one secret, as the provider shows it.
     *
     * @throws IllegalArgumentException if it is empty
     */
    default SignedDelivery signedWith(String secret) {
        return signedWith(SigningSecret.ofUtf8(secret));
    }

    /**
     * The proof that a receiver makes of this event, for the unit test of a handler. It has gone through signing and
     * verification with a throw-away secret, at an endpoint named after the provider, as if it had arrived at the very
     * time that the event tells of: an old event is none too old here.
     *
     * @throws IllegalStateException if a receiver rejects the event, as one without {@code eventId}; the message says
     *     why
     */
    VerifiedWebhook<E> verified();

    /** What a handler is given; see {@link #verified()}. */
    default E event() {
        return verified().event();
    }
}
