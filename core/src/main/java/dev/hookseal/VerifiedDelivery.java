package dev.hookseal;

import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The event's name is not part of the proof: whether it was signed differs by provider. */
record VerifiedDelivery<E>(
        SignatureMatch match,
        E event,
        String endpoint,
        SignedForm signedForm,
        @Nullable DeliveryKey deliveryKey,
        Instant verifiedAt,
        String eventName,
        Map<String, List<String>> unsignedHeaders,
        Set<String> unexpectedMembers)
        implements VerifiedWebhook<E> {

    @Override
    public int matchedSecret() {
        return match.secretPosition();
    }

    @Override
    public byte[] signedBytes() {
        return match.signedBytes();
    }

    @Override
    public JsonData payload() {
        try {
            return JsonData.ofUtf8(match.signedBytes());
        } catch (JsonFormatException e) {
            throw new IllegalStateException("What is signed is not JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public VerifiedWebhook<E> withUnsignedHeaders(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return new VerifiedDelivery<>(
                match,
                event,
                endpoint,
                signedForm,
                deliveryKey,
                verifiedAt,
                eventName,
                Collections.unmodifiableMap(copy),
                unexpectedMembers);
    }

    @Override
    public String toString() {
        return "VerifiedWebhook[" + endpoint + "]";
    }
}
