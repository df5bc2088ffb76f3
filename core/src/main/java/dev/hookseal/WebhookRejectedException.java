package dev.hookseal;

/**
 * A delivery that is not to be handled, with the reason. It is checked, since forgetting it would answer a forged
 * request with a server error; it has no stack trace, since forged requests come in floods.
 */
public final class WebhookRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    /** Refuses for a reason. The message is the reason's tag: no part of the request, no secret, no signature. */
    public WebhookRejectedException(RejectionReason reason) {
        super(reason.tag(), null, false, false);
        this.reason = reason;
    }

    /** Why the delivery is refused. */
    public RejectionReason reason() {
        return reason;
    }
}
