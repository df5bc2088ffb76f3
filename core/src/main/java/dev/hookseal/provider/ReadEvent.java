package dev.hookseal.provider;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.signature.SignedContent;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as a provider read it from signed content, and what else that content says of it.
 *
 * @param event what a handler gets
 * @param name what {@link WebhookEndpoint#events()} is compared with; empty without a name
 * @param deliveryId identifies the delivery, from signed content, or from an unsigned header if a setting with a telling name
 *     says so; null for {@link SignedContent#deliveryId()}, if any
 * @param time when the event happened, from signed content, for the endpoint's replay window; null if it is not said
 * @param unexpectedMembers the documented members that are of another kind than documented: names from a fixed list,
 *     never text from the delivery
 * @param <E> the type of the event
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public record ReadEvent<E>(
        E event,
        String name,
        @Nullable String deliveryId,
        @Nullable Instant time,
        Set<String> unexpectedMembers) {

    /** Copies the names. */
    public ReadEvent {
        unexpectedMembers = Set.copyOf(unexpectedMembers);
    }

    /** Returns an event of which nothing else is known. */
    public static <E> ReadEvent<E> of(E event, String name) {
        return new ReadEvent<>(event, name, null, null, Set.of());
    }

    /** Returns the same with the id of the delivery. */
    public ReadEvent<E> withDeliveryId(@Nullable String id) {
        return new ReadEvent<>(event, name, id, time, unexpectedMembers);
    }

    /** Returns the same with the time of the event. */
    public ReadEvent<E> withTime(@Nullable Instant at) {
        return new ReadEvent<>(event, name, deliveryId, at, unexpectedMembers);
    }

    /** Returns the same with the names of unexpected members. */
    public ReadEvent<E> withUnexpectedMembers(Set<String> members) {
        return new ReadEvent<>(event, name, deliveryId, time, members);
    }
}
