package dev.hookseal.observe;

import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose signature matched, as far as logs and metrics may know it: nothing from its payload.
 *
 * @param eventName the event's name as the provider gives it, not verified with every provider, possibly empty
 * @param key the key by which a redelivery is recognised; null if the delivery has none
 * @param matchedSecret the index of the secret that matched; 0 is the newest
 * @param signedForm the form in which the signed content was found
 * @param unexpectedMembers the documented members of the payload that are of another kind than documented; names that
 *     the provider's class knows, never text from the delivery
 */
public record GenuineDelivery(
        String eventName,
        @Nullable DeliveryKey key,
        int matchedSecret,
        SignedForm signedForm,
        Set<String> unexpectedMembers) {

    /** Copies the set. */
    public GenuineDelivery {
        unexpectedMembers = Set.copyOf(unexpectedMembers);
    }
}
