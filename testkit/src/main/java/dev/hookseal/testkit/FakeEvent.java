package dev.hookseal.testkit;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.List;

/**
 * An event that no provider sent: written and signed as the provider does. There is one for every provider that has a
 * {@link ProviderKit}; some providers have more comfortable ones in a package below this one.
 *
 * <pre>{@code
 * SignedDelivery delivery = FakeEvent.sample("acme", "order.paid").signedWith("the endpoint's secret");
 * AcmeEvent event = FakeEvent.sample("acme", "order.paid").as(AcmeEvent.class).event();
 * }</pre>
 *
 * <p>Immutable: each change gives another event. An implementation says what a delivery has; this interface signs it.
 *
 * @param <E> what a handler is given for it
 */
public interface FakeEvent<E> {

    /**
     * Returns a sample of a provider on the class path, as of now.
     *
     * @param provider the provider's name
     * @param name the event's name
     * @throws IllegalArgumentException if the provider has no {@link ProviderKit}, or the kit no such sample; the message
     *     lists those that there are
     */
    static FakeSampleEvent<?> sample(String provider, String name) {
        return sample(ProviderKit.named(provider), name);
    }

    /**
     * Returns a sample of a provider, as of now.
     *
     * @param name the event's name
     * @throws IllegalArgumentException if the kit has no such sample; the message lists those that it has
     */
    static FakeSampleEvent<?> sample(ProviderKit kit, String name) {
        List<FakeSampleEvent<?>> samples = samples(kit);
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no sample of an event \"" + name + "\"; of "
                        + kit.provider().name() + " there are "
                        + String.join(
                                ", ", samples.stream().map(FakeEvent::name).toList())
                        + ". Use FakeEvent.of for a body of your own"));
    }

    /** Returns all samples of a provider, as of now. */
    static List<FakeSampleEvent<?>> samples(ProviderKit kit) {
        return FakeSampleEvent.all(kit);
    }

    /**
     * Returns an event with a body of your own.
     *
     * @param name the event's name, for a provider that sends it outside of the body
     * @param body copied
     */
    static FakeSampleEvent<?> of(ProviderKit kit, String name, byte[] body) {
        return FakeSampleEvent.of(kit, name, body);
    }

    /** Returns how the provider sends. */
    ProviderKit kit();

    /** Returns the provider whose event it is. */
    WebhookProvider<E> provider();

    /** Returns the name of the event; empty without a name, or if it is not a string. */
    String name();

    /** Returns a delivery of this event that is not signed yet. Each call is a delivery at its own time. */
    UnsignedDelivery unsigned();

    /** Returns the body, as a copy. */
    default byte[] body() {
        return unsigned().body().clone();
    }

    /** Returns the time at which {@link #verified()} receives the event: that of its signing, unless overridden. */
    default Instant time() {
        return unsigned().time();
    }

    /**
     * Returns the delivery of this event, signed with the newest secret for it. Each call is a delivery at its own time,
     * in a header if the provider sends it there. The body does not change.
     *
     * @throws IllegalArgumentException if there is no secret for this event, or the provider cannot sign the body or with
     *     the secret; the message says why
     */
    default SignedDelivery signedWith(SecretSource secrets) {
        return SignedDelivery.of(kit(), unsigned(), secrets);
    }

    /** Returns the same with one secret. */
    default SignedDelivery signedWith(SigningSecret secret) {
        return signedWith(SecretSource.of(secret));
    }

    /**
     * Returns the same with one secret, as the provider shows it.
     *
     * @throws IllegalArgumentException if it is empty
     */
    default SignedDelivery signedWith(String secret) {
        return signedWith(SigningSecret.ofUtf8(secret));
    }

    /**
     * Returns the proof that a receiver makes of this event, for the unit test of a handler. It has gone through signing
     * and verification with a throw-away secret, at an endpoint named after the provider, as if it had arrived at its own
     * {@linkplain #time() time}: an old event is not too old here.
     *
     * @throws IllegalStateException if a receiver rejects the event; the message says why
     */
    default VerifiedWebhook<E> verified() {
        return ThrowAwayEndpoint.verify(this);
    }

    /** Returns what a handler is given; see {@link #verified()}. */
    default E event() {
        return verified().event();
    }
}
