package dev.hookseal.provider;

import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The other side of a provider: how it sends. With a kit, the testkit, the fakes, the command line and {@code explain} work
 * for a provider as they do for the built-in ones. It is found by {@link java.util.ServiceLoader}, or as a bean.
 *
 * <p>Beyond the algorithm itself, a kit shares no code with the {@link WebhookProvider} that verifies: a fault that both had
 * would not show in any test.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public interface ProviderKit {

    /**
     * Returns the kit of a provider on the class path.
     *
     * @param provider the provider's name
     * @throws IllegalArgumentException if no kit has this name; the message lists those that do
     */
    static ProviderKit named(String provider) {
        return WebhookProviders.kit(provider)
                .orElseThrow(() -> new IllegalArgumentException("There is no kit of a provider \"" + provider
                        + "\" on the class path; there are kits of "
                        + WebhookProviders.kits().stream()
                                .map(kit -> kit.provider().name())
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    /** Returns the provider whose other side this is. */
    WebhookProvider<?> provider();

    /**
     * Signs a delivery as the provider does.
     *
     * @param secret what signs: for a public key, the private one; see {@link #newSecret}
     * @return all headers that the provider sends, by name as it spells them; with {@code Content-Type} if it sends one
     * @throws IllegalArgumentException if the secret or the body cannot be one of this provider; the message says why
     */
    Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret);

    /** Returns events as the provider's pages show them, at least one. */
    List<SampleEvent> samples();

    /**
     * Returns a secret for tests: the same one for the same seed.
     *
     * @param seed any text
     */
    default TestSecret newSecret(String seed) {
        return TestSecret.ofSeed("", seed);
    }

    /**
     * Returns the kit of a sender that signs as the settings of one endpoint say, for a provider that is for many
     * senders. Unless overridden this kit is returned, since most providers sign in one way.
     *
     * @param settings of the provider's kind; they need not be complete, and {@link #sign} says what is missing
     */
    default ProviderKit withSettings(EndpointSettings settings) {
        return this;
    }

    /**
     * Sets what an endpoint for tests needs besides a secret and {@link EndpointSettings#PUBLIC_URL}: a value for each
     * setting without which {@link WebhookProvider#scheme} throws. Sets nothing unless overridden.
     */
    default void configure(EndpointSettings.Builder settings) {}

    /** Returns the name that the secret of a delivery goes by, if secrets differ by event; empty unless overridden. */
    default String secretName(UnsignedDelivery delivery) {
        return "";
    }

    /**
     * Returns a body with another time of its event, for a provider that has that time in its body. Unless overridden the
     * body is returned as it is.
     */
    default byte[] withEventTime(byte[] body, Instant time) {
        return body;
    }

    /**
     * Returns a body with another name of its event, for a provider that has that name in its body. Unless overridden the
     * body is returned as it is.
     */
    default byte[] withEventName(byte[] body, String name) {
        return body;
    }

    /**
     * Returns a body with another id, by which a receiver recognises a redelivery, for a provider that has that id in its
     * body. Unless overridden the body is returned as it is.
     */
    default byte[] withEventId(byte[] body, String id) {
        return body;
    }

    /**
     * Returns where in a body the bytes are that the signature covers: the whole body, unless overridden. Empty if the body
     * has no such part.
     */
    default Optional<ByteRange> signedRange(byte[] body) {
        return Optional.of(new ByteRange(0, body.length));
    }

    /**
     * Returns where in a body the text is that a forger would change: what is signed, and nothing that decides which secret
     * it is signed with or how old it is. The whole body, unless overridden.
     */
    default List<ByteRange> signedParts(byte[] body) {
        return List.of(new ByteRange(0, body.length));
    }

    /**
     * Returns whether a delivery stays genuine when another JSON writer has written its body again; false unless
     * overridden.
     */
    default boolean isGenuineRewritten() {
        return false;
    }

    /**
     * Returns what goes wrong with this provider in particular, for {@code explain}: each with a request and a secret that
     * would have been verified if that were the cause. Empty unless overridden.
     *
     * @param request as it arrived
     * @param secret as it is configured
     */
    default List<Suspicion> suspicions(WebhookRequest request, SigningSecret secret) {
        return List.of();
    }

    /**
     * A delivery that is not signed yet.
     *
     * @param method the HTTP method
     * @param url the URL that the provider calls
     * @param eventName the event's name, for a provider that sends it outside of the body; may be empty
     * @param id the id of the delivery, for a provider that sends it outside of the body
     * @param time the time of signing
     * @param body shared, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // shared: a body may be large, and nothing compares deliveries
    record UnsignedDelivery(String method, String url, String eventName, String id, Instant time, byte[] body) {}

    /**
     * An event as the provider's pages show it.
     *
     * @param name the event's name, as {@code WebhookEndpoint.events} has it
     * @param body the body, in UTF-8
     */
    record SampleEvent(String name, String body) {}

    /**
     * A part of a body.
     *
     * @param from of the first byte
     * @param to after the last byte
     */
    record ByteRange(int from, int to) {

        /** Returns a body with something else in this place. */
        public byte[] replace(byte[] body, byte[] replacement) {
            byte[] replaced = new byte[from + replacement.length + body.length - to];
            System.arraycopy(body, 0, replaced, 0, from);
            System.arraycopy(replacement, 0, replaced, from, replacement.length);
            System.arraycopy(body, to, replaced, from + replacement.length, body.length - to);
            return replaced;
        }
    }

    /**
     * Something that goes wrong with one provider.
     *
     * @param label lower-case words with hyphens, such as {@code whole-body-signed}
     * @param happened what happened, a sentence without its full stop
     * @param fix what to do
     * @param request the request that would have been verified, if that were the cause
     * @param secret the secret with which it would have been
     */
    record Suspicion(String label, String happened, String fix, WebhookRequest request, SigningSecret secret) {}
}
