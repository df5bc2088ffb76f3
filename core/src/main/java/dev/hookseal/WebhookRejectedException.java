package dev.hookseal;

import dev.hookseal.delivery.DeliveryKey;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not to be handled, with the reason. It is checked, since forgetting it would answer a forged
 * request with a server error; it has no stack trace, since forged requests come in floods.
 */
public final class WebhookRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final transient @Nullable DeliveryKey deliveryKey;

    /** Refuses for a reason. The message is the reason's tag: no part of the request, no secret, no signature. */
    public WebhookRejectedException(RejectionReason reason) {
        this(reason, null);
    }

    /**
     * Refuses a delivery whose signature held, such as one that is too old, so that the log can say which it was.
     *
     * @param deliveryKey from signed material alone, and only once the signature has matched: anything else could be
     *     the invention of a forger, who could then have the log tell of deliveries that never were. Null if there is
     *     nothing to tell by
     */
    public WebhookRejectedException(RejectionReason reason, @Nullable DeliveryKey deliveryKey) {
        super(reason.tag(), null, false, false);
        this.reason = reason;
        this.deliveryKey = deliveryKey;
    }

    /** Why the delivery is refused. */
    public RejectionReason reason() {
        return reason;
    }

    /** Which delivery is refused; null unless its signature held and it has something signed to tell by. */
    public @Nullable DeliveryKey deliveryKey() {
        return deliveryKey;
    }
}
