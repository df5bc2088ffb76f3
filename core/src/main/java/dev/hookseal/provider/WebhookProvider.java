package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service that sends webhooks: {@linkplain #scheme how it signs}, and {@linkplain #read how its events are read}. It has
 * neither a secret nor state, since both belong to the endpoint. Core compares signatures, checks times and detects
 * duplicates.
 *
 * <pre>{@code
 * public final class AcmeProvider implements WebhookProvider<AcmeEvent> {
 *     private static final SignatureHeader SIGNATURE = SignatureHeader.hex("Acme-Signature");
 *
 *     public String name() { return "acme"; }
 *     public Class<AcmeEvent> eventClass() { return AcmeEvent.class; }
 *
 *     public SignatureScheme scheme(EndpointSettings settings) {
 *         return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
 *     }
 *
 *     public ReadEvent<AcmeEvent> read(SignedContent content, EndpointSettings settings) {
 *         AcmeEvent event = AcmeEvent.parse(content.bytes());
 *         return ReadEvent.of(event, event.kind());
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

    /**
     * Returns how this provider signs, for one endpoint. Core asks once.
     *
     * @throws WebhookConfigurationException if a setting cannot be right for this provider or contradicts another; the
     *     message names the property
     */
    SignatureScheme scheme(EndpointSettings settings);

    /**
     * Reads the event from content whose signature matched. It may be called again for the same content, after a restart.
     *
     * @param content what the signature covers, and nothing else
     * @param settings of the endpoint, for a provider that finds the parts of an event by them
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_MALFORMED} or
     *     {@link RejectionReason#PAYLOAD_UNEXPECTED} if the content cannot be an event of this provider: no content gives
     *     another exception
     */
    ReadEvent<E> read(SignedContent content, EndpointSettings settings) throws WebhookRejectedException;

    /**
     * Returns how the provider asks whether an endpoint is the receiver's; empty unless overridden. Core asks once for each
     * endpoint.
     */
    default Optional<Handshake> handshake(EndpointSettings settings) {
        return Optional.empty();
    }

    /**
     * Returns the names of the headers that the provider sends and does not sign, and that an application may want:
     * {@link VerifiedWebhook#unsignedHeaders()} has them. Headers that every request has, such as {@code User-Agent}, are
     * not for this. Core asks once for each endpoint.
     */
    default Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of();
    }

    /** How large a body may be in bytes, unless the endpoint's settings say otherwise. */
    default int defaultMaxBodyBytes() {
        return 1024 * 1024;
    }

    /**
     * Returns whether the provider usually gives each type of event its own secret; false unless overridden. It
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
     * Whether an event of this name may come. A handler of an event that cannot come is a mistake in
     * writing, which fails the start rather than let the meant event go by.
     */
    default boolean supportsEvent(String name) {
        return eventNames().isEmpty() || eventNames().contains(name);
    }

    /**
     * Returns how far the time of a delivery may be off at one endpoint; empty if that is not checked. It is the value, or the
     * default, of {@link EndpointSettings#TOLERANCE} as this provider declares it, unless overridden: by a provider whose
     * default follows from other settings. Core asks once for each endpoint.
     */
    default Optional<Duration> tolerance(EndpointSettings settings) {
        return settings().stream()
                .filter(declared -> declared.key().equals(EndpointSettings.TOLERANCE.key()))
                .findFirst()
                .flatMap(declared -> settings.value(declared).map(Duration.class::cast));
    }

    /**
     * Returns the settings that an endpoint of this provider has besides those of every endpoint. They are read with
     * {@link EndpointSettings#value}. Any other key below an endpoint of this provider fails the start.
     */
    default List<Setting<?>> settings() {
        return List.of();
    }
}
