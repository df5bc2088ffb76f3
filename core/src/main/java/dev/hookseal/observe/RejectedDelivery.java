package dev.hookseal.observe;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A rejected delivery as it arrived, to find out why it was rejected. Nothing in it is verified, and its headers may
 * hold credentials. Reading it reads nothing more from the sender.
 */
public final class RejectedDelivery {
    private final String endpoint;
    private final String provider;
    private final RejectionReason reason;
    private final Instant received;
    private final WebhookRequest request;
    private final boolean complete;

    /**
     * Creates a rejected delivery.
     *
     * @param endpoint the endpoint's name
     * @param provider the provider's name
     * @param request what was read of it is taken when a getter is called
     * @param complete whether its body was read to its end
     */
    public RejectedDelivery(
            String endpoint,
            String provider,
            RejectionReason reason,
            Instant received,
            WebhookRequest request,
            boolean complete) {
        this.endpoint = endpoint;
        this.provider = provider;
        this.reason = reason;
        this.received = received;
        this.request = request;
        this.complete = complete;
    }

    /** Returns the endpoint's name. */
    public String endpoint() {
        return endpoint;
    }

    /** Returns the provider's name. */
    public String provider() {
        return provider;
    }

    /** Returns why it was rejected. */
    public RejectionReason reason() {
        return reason;
    }

    /** Returns when it was rejected, by the endpoint's clock. */
    public Instant received() {
        return received;
    }

    /** Returns its headers by name, in the order of the request as far as the server keeps it. */
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    /** Returns its body as far as it was read; shared, not to be changed. */
    public byte[] body() {
        return request.bodyAsFarAsRead();
    }

    /** Returns whether the body was read to its end. */
    public boolean isComplete() {
        return complete;
    }
}
