package dev.hookseal;

import dev.hookseal.delivery.DeliveryKey;
import dev.hookseal.signature.SignedForm;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event's name is not part of the proof: whether it was signed differs by provider. */
record VerifiedDelivery<E>(
        E event,
        String endpoint,
        int matchedSecret,
        SignedForm signedForm,
        @Nullable DeliveryKey deliveryKey,
        Instant verifiedAt,
        String eventName)
        implements VerifiedWebhook<E> {

    /** Whether it is of one of these events; of no event in particular is every one. */
    boolean isOneOf(Set<String> events) {
        return events.isEmpty() || events.contains(eventName);
    }

    @Override
    public String toString() {
        return "VerifiedWebhook[" + endpoint + "]";
    }
}
