package dev.hookseal;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The handling of one admitted delivery. It is over with the first call of {@link #answered} or {@link #failed}; later
 * calls do nothing, so that an adapter may report from every place where a request can end.
 */
public final class Handling<E> {
    private final VerifiedDelivery<E> webhook;
    private final Consumer<Boolean> onEnd;
    private final AtomicBoolean over = new AtomicBoolean();

    Handling(VerifiedDelivery<E> webhook, Consumer<Boolean> onEnd) {
        this.webhook = webhook;
        this.onEnd = onEnd;
    }

    /** What the handler is given. */
    public VerifiedWebhook<E> webhook() {
        return webhook;
    }

    /**
     * Whether the delivery is of one of these events.
     *
     * @param events names, as in {@link WebhookEndpoint#events()}; empty for all
     */
    public boolean isOneOf(Set<String> events) {
        return webhook.isOneOf(events);
    }

    /**
     * The handler has answered. With a status from 200 to 299 the delivery is handled and remembered; with any other a
     * redelivery will be handled. To be called before the response goes out: a sender that has seen it may redeliver at
     * once.
     */
    public void answered(int status) {
        end(status >= 200 && status < 300);
    }

    /** The handler has thrown, or the request ended in another way: a redelivery will be handled. */
    public void failed() {
        end(false);
    }

    private void end(boolean handled) {
        if (over.compareAndSet(false, true)) {
            onEnd.accept(handled);
        }
    }
}
