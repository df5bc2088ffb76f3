package dev.hookseal;

import dev.hookseal.delivery.DeliveryKey;
import dev.hookseal.signature.SignatureMatch;
import dev.hookseal.signature.SignedForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a delivery is genuine, with its event. There is no way to one but through a signature that matched:
 * {@link #of} asks for a {@link SignatureMatch}, which only a verification gives. It is sealed so that no framework
 * can make one either, be it from request parameters or as a proxy.
 *
 * @param <E> the type of the event
 */
public sealed interface VerifiedWebhook<E> permits VerifiedDelivery {

    /** What the delivery tells, read from the same bytes that were verified. */
    E event();

    /** The name of the endpoint where it arrived. */
    String endpoint();

    /** Which of the event's secrets matched: 0 for the newest. Once no delivery gives 1, the older can be retired. */
    int matchedSecret();

    /** In what form the signed content was found. */
    SignedForm signedForm();

    /** By what a repeat of this delivery is recognised; null if the provider gives nothing signed to tell by. */
    @Nullable
    DeliveryKey deliveryKey();

    /** When it was verified, by the endpoint's clock. */
    Instant verifiedAt();

    /**
     * For providers: the proof, from a signature that matched.
     *
     * @param event read from the signed bytes
     * @param eventName what a handler's {@link WebhookEndpoint#events()} is compared with
     * @param deliveryKey from signed material alone, or null if there is none
     */
    static <E> VerifiedWebhook<E> of(
            SignatureMatch match,
            EndpointSettings settings,
            E event,
            String eventName,
            SignedForm signedForm,
            @Nullable DeliveryKey deliveryKey) {
        return new VerifiedDelivery<>(
                event,
                settings.name(),
                match.secretPosition(),
                signedForm,
                deliveryKey,
                settings.clock().instant(),
                eventName);
    }
}
