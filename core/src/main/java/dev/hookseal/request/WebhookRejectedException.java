package dev.hookseal.request;

import dev.hookseal.store.DeliveryKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not to be handled, with the reason. It is checked, since forgetting it would answer a forged
 * request with a server error; it has no stack trace, since forged requests come in floods.
 */
public final class WebhookRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final transient @Nullable DeliveryKey deliveryKey;
    private final @Nullable String detail;
    private transient @Nullable Supplier<byte[]> bodyAsFarAsRead;

    /** Rejects for a reason. The message is the reason's tag: no part of the request, no secret, no signature. */
    public WebhookRejectedException(RejectionReason reason) {
        this(reason, null);
    }

    /**
     * Rejects a delivery whose signature held, such as one that is too old, so that the log can say which it was.
     *
     * @param deliveryKey from signed material alone, and only once the signature has matched: anything else could be
     *     the invention of a forger, who could then have the log tell of deliveries that never were. Null if there is
     *     nothing to tell by
     */
    public WebhookRejectedException(RejectionReason reason, @Nullable DeliveryKey deliveryKey) {
        this(reason, deliveryKey, null);
    }

    /**
     * Rejects a delivery with words for the log, such as which setting decided.
     *
     * @param deliveryKey see {@link #WebhookRejectedException(RejectionReason, DeliveryKey)}
     * @param detail from the configuration, from documented names, and from signed material whose signature matched:
     *     the sender must not be able to write into the log. Null if there is nothing to add
     */
    public WebhookRejectedException(
            RejectionReason reason, @Nullable DeliveryKey deliveryKey, @Nullable String detail) {
        super(reason.tag(), null, false, false);
        this.reason = reason;
        this.deliveryKey = deliveryKey;
        this.detail = detail;
    }

    /** Returns why the delivery is rejected. */
    public RejectionReason reason() {
        return reason;
    }

    /** Rejects while the body is read. */
    static WebhookRejectedException afterReading(RejectionReason reason, Supplier<byte[]> bodyAsFarAsRead) {
        WebhookRejectedException rejection = new WebhookRejectedException(reason);
        rejection.bodyAsFarAsRead = bodyAsFarAsRead;
        return rejection;
    }

    /**
     * Returns what had arrived of a body when it was rejected while it was read, for a record of rejected deliveries;
     * null if it was rejected at another time. Nothing of it is verified.
     */
    public byte @Nullable [] bodyAsFarAsRead() {
        return bodyAsFarAsRead == null ? null : bodyAsFarAsRead.get();
    }

    /** Returns more words for the log; null if there are none. */
    public @Nullable String detail() {
        return detail;
    }

    /** Returns the key of the rejected delivery; null unless its signature matched and it has one. */
    public @Nullable DeliveryKey deliveryKey() {
        return deliveryKey;
    }
}
