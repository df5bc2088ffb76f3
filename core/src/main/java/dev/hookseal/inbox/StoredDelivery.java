package dev.hookseal.inbox;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.store.DeliveryKey;
import java.time.Duration;
import java.util.UUID;

/**
 * A verified delivery as an inbox stores it. It prints nothing of the content.
 *
 * @param key the delivery's own key, or a random one if the provider signs nothing that identifies it
 * @param eventName the name of the event, as {@link VerifiedWebhook#eventName()} has it
 * @param content what {@link SignedContent#toStored()} writes and {@link SignedContent#ofStored} reads
 * @since 0.1.0
 */
public record StoredDelivery(DeliveryKey key, String eventName, SignedContent content) {
    /** How long a handled delivery with a random key is remembered: for operators, since no redelivery has its key. */
    static final Duration RETENTION_OF_RANDOM_KEY = Duration.ofDays(1);

    /** Returns a verified delivery as it is stored. */
    public static StoredDelivery of(VerifiedWebhook<?> webhook) {
        DeliveryKey key = webhook.deliveryKey();
        return new StoredDelivery(
                key == null
                        ? DeliveryKey.of(webhook.endpoint(), UUID.randomUUID().toString(), RETENTION_OF_RANDOM_KEY)
                        : key,
                webhook.eventName(),
                webhook.signedContent());
    }

    /** Returns the name of the endpoint where it arrived. */
    public String endpoint() {
        return content.endpoint();
    }

    @Override
    public String toString() {
        return "StoredDelivery[" + key + "]";
    }
}
