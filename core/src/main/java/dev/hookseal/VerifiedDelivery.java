package dev.hookseal;

import dev.hookseal.delivery.DeliveryKey;
import dev.hookseal.signature.SignedForm;
import java.time.Instant;
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

    @Override
    public String toString() {
        return "VerifiedWebhook[" + endpoint + "]";
    }
}
