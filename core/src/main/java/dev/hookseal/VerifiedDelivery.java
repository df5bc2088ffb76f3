package dev.hookseal;

import dev.hookseal.delivery.DeliveryKey;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
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

    /** The same with those headers of a request that are named. */
    VerifiedDelivery<E> withUnsignedHeaders(Set<String> names, WebhookRequest request) {
        if (names.isEmpty()) {
            return this;
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            List<String> values = request.headers(name);
            if (!values.isEmpty()) {
                headers.put(name, List.copyOf(values));
            }
        }
        return new VerifiedDelivery<>(
                match,
                event,
                endpoint,
                signedForm,
                deliveryKey,
                verifiedAt,
                eventName,
                Collections.unmodifiableMap(headers),
                unexpectedMembers);
    }

    /** Whether it is of one of these events; of no event in particular is every one. */
    boolean isOneOf(Set<String> events) {
        return events.isEmpty() || events.contains(eventName);
    }

    @Override
    public String toString() {
        return "VerifiedWebhook[" + endpoint + "]";
    }
}
