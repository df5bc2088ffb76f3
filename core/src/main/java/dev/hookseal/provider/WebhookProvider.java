package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service that sends webhooks: how it signs, and what its events look like. One class is all that a further provider
 * takes; it holds no secret and no state, since both belong to the endpoint.
 *
 * <pre>{@code
 * final class AcmeProvider implements WebhookProvider<AcmeEvent> {
 *     public String name() { return "acme"; }
 *     public Class<AcmeEvent> eventClass() { return AcmeEvent.class; }
 *     public String signatureHeader() { return "Acme-Signature"; }
 *
 *     public WebhookVerifier<AcmeEvent> verifier(EndpointSettings settings) {
 *         return request -> {
 *             byte[] signature = SignatureHeader.hex(request, signatureHeader());
 *             SignatureMatch match = HmacSha256.verify(signature, settings.secrets().secretsFor(""), request.body());
 *             AcmeEvent event = AcmeEvent.parse(request.body());
 *             return VerifiedWebhook.of(match, settings.name(), settings.clock().instant(), event, event.kind(), SignedForm.RAW, null);
 *         };
 *     }
 * }
 * }</pre>
 *
 * @param <E> the type of its events
 */
public interface WebhookProvider<E> {

    /** The name in {@code hookseal.endpoints.<endpoint>.provider}: lower-case letters, digits and hyphens. */
    String name();

    /**
     * The type of the events. An interface, or another type that a web framework cannot make from request parameters:
     * what a handler is given must have come from here.
     */
    Class<E> eventClass();

    /** The header that carries the signature. */
    String signatureHeader();

    /**
     * Returns the names of the headers that the provider sends and does not sign, and that an application may want:
     * {@link VerifiedWebhook#unsignedHeaders()} has them. Headers that every request has, such as {@code User-Agent}, are
     * not for this. The verifier does nothing for them.
     */
    default Set<String> unsignedHeaders() {
        return Set.of();
    }

    /** How large a body may be in bytes, unless the endpoint's settings say otherwise. */
    default int defaultMaxBodyBytes() {
        return 1024 * 1024;
    }

    /**
     * Returns whether the provider usually gives each type of event a secret of its own; false unless overridden. It
     * decides nothing but how start-up messages speak of a missing secret.
     */
    default boolean hasSecretPerEvent() {
        return false;
    }

    /**
     * Returns how long the provider waits for an answer before it counts a delivery as failed; empty if it documents no
     * such time. Where a handler takes more than four fifths of it, the log says so.
     */
    default Optional<Duration> answerDeadline() {
        return Optional.empty();
    }

    /** The names of the events that the provider documents; empty if it documents none. */
    default Set<String> eventNames() {
        return Set.of();
    }

    /**
     * Whether an event of this name may come. A handler that asks for an event that cannot come is a mistake in
     * writing, which fails the start rather than let the meant event go by.
     */
    default boolean supportsEvent(String name) {
        return eventNames().isEmpty() || eventNames().contains(name);
    }

    /**
     * Returns the settings that an endpoint of this provider has besides those of every endpoint. They are read with
     * {@link EndpointSettings#value}. Any other key below an endpoint of this provider fails the start.
     */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * Returns the verifier of one endpoint. Call {@link EndpointSettings#verifier} instead, which checks that only the
     * provider's own {@link #settings()} are set.
     *
     * @throws IllegalArgumentException if a value cannot be right for this provider or contradicts another; the message
     *     names the property
     */
    WebhookVerifier<E> verifier(EndpointSettings settings);
}
