package dev.hookseal;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a delivery is genuine, with its event. The only way to one is through a signature that matched:
 * {@link #of} requires {@link SignedContent}, which only a verification returns. It is sealed so that no framework
 * can make one either, from request parameters or as a proxy. Jackson and Micronaut Serde write it as its event
 * alone.
 *
 * @param <E> the type of the event
 */
public sealed interface VerifiedWebhook<E> permits VerifiedDelivery {

    /** Returns the event, read from the same bytes that were verified. */
    @JsonValue
    E event();

    /**
     * Returns the bytes that the signature covers, a copy at each call: with FormFlow the body as it arrived; with
     * Extracta the value of the body's {@code result} alone, as it arrived or as {@code JSON.stringify} writes it,
     * whichever the {@linkplain #signedForm() signature was made of}.
     */
    byte[] signedBytes();

    /**
     * Returns the signed bytes as JSON, whatever the event has methods for: with FormFlow the whole body, with Extracta
     * the {@code result}.
     *
     * @throws IllegalStateException if they are not JSON, which a custom provider's need not be
     */
    JsonData payload();

    /**
     * Returns the headers that the provider sends beside the signature and does not sign, such as FormFlow's
     * {@code X-Webhook-Timestamp}: <strong>anyone can have written them</strong>. By name in any case, each with its
     * values in the order of the request; one that did not come is not in the map. The provider says which ones there
     * are.
     */
    Map<String, List<String>> unsignedHeaders();

    /**
     * Returns the documented members of the payload that were of another kind than documented, and so are null in the
     * event: names that the provider's class knows, never text from the delivery. Empty if all is as documented.
     */
    Set<String> unexpectedMembers();

    /** Returns the name of the endpoint where it arrived. */
    String endpoint();

    /**
     * Returns which of the event's secrets matched: 0 for the newest. Once no delivery gives 1, the older can be
     * retired.
     */
    int matchedSecret();

    /** Returns the form in which the signed content was found. */
    SignedForm signedForm();

    /** Returns the key by which a redelivery is recognised; null if the provider signs nothing that identifies it. */
    @Nullable
    DeliveryKey deliveryKey();

    /** Returns when it was verified, by the endpoint's clock. */
    Instant verifiedAt();

    /**
     * Returns the event's name, as {@link WebhookEndpoint#events()} has it. Whether it was signed differs by provider:
     * FormFlow's is, Extracta's is not.
     */
    String eventName();

    /**
     * Returns whether it is of one of these events.
     *
     * @param events names, as in {@link WebhookEndpoint#events()}; empty for all
     */
    default boolean isOneOf(Set<String> events) {
        return events.isEmpty() || events.contains(eventName());
    }

    /** Returns what of the body is signed. */
    Coverage coverage();

    /** Returns the signed content, which an inbox stores: {@link SignedContent#toStored()}. */
    SignedContent signedContent();

    /**
     * Returns the proof, of an event that was read from signed content. It is for core, which asks a provider to read.
     *
     * @param event read from the content
     * @param eventName what a handler's {@link WebhookEndpoint#events()} is compared with
     * @param deliveryKey from signed material alone, or null without one
     * @param unexpectedMembers see {@link #unexpectedMembers()}: names from a fixed list, as they go into logs and
     *     metrics
     */
    static <E> VerifiedWebhook<E> of(
            SignedContent content,
            E event,
            String eventName,
            @Nullable DeliveryKey deliveryKey,
            Set<String> unexpectedMembers) {
        return new VerifiedDelivery<>(content, event, eventName, deliveryKey, Set.copyOf(unexpectedMembers));
    }
}
