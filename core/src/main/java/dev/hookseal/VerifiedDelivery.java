package dev.hookseal;

import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.store.DeliveryKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event's name is not part of the proof: whether it was signed differs by provider. */
record VerifiedDelivery<E>(
        SignedContent signedContent,
        E event,
        String eventName,
        @Nullable DeliveryKey deliveryKey,
        Set<String> unexpectedMembers)
        implements VerifiedWebhook<E> {

    @Override
    public byte[] signedBytes() {
        return signedContent.bytes();
    }

    @Override
    public JsonData payload() {
        try {
            return JsonData.ofUtf8(signedContent.bytes());
        } catch (JsonFormatException e) {
            throw new IllegalStateException("The signed bytes are not JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, List<String>> unsignedHeaders() {
        return signedContent.unsignedHeaders();
    }

    @Override
    public String endpoint() {
        return signedContent.endpoint();
    }

    @Override
    public int matchedSecret() {
        return signedContent.matchedSecret();
    }

    @Override
    public SignedForm signedForm() {
        return signedContent.signedForm();
    }

    @Override
    public Instant verifiedAt() {
        return signedContent.verifiedAt();
    }

    @Override
    public Coverage coverage() {
        return signedContent.coverage();
    }

    @Override
    public String toString() {
        return "VerifiedWebhook[" + endpoint() + "]";
    }
}
