package dev.hookseal.receive;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.HandlerResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The handling of one admitted delivery. It ends with the first call of {@link #answered} or {@link #failed}; later calls
 * do nothing, so that an adapter may report from every place where a request can end.
 *
 * <p><strong>What a handler threw is never acknowledged by accident.</strong> An adapter reports {@link
 * #answered(int, Throwable)} with the status that the sender gets and with what the handler threw, if it knows it: 2xx
 * then says that the application chose that status for the exception in so many words, and the log warns of it. Where
 * the framework alone would answer 2xx, the adapter makes the answer a 500 first.
 */
public final class AdmittedDelivery<E> {
    private final VerifiedWebhook<E> webhook;
    private final Listener listener;
    private final LongSupplier nanoTime;
    private final long start;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    private enum State {
        RUNNING,
        TIMED_OUT,
        OVER
    }

    /** Hears how the handling goes. */
    interface Listener {
        /**
         * The handler ended.
         *
         * @param late whether {@link #timedOut} was called before
         */
        void ended(Kind kind, HandlerResult result, boolean late);

        /** The request ended before the handler did. */
        void timedOut(HandlerResult result);
    }

    AdmittedDelivery(VerifiedWebhook<E> webhook, LongSupplier nanoTime, Listener listener) {
        this.webhook = webhook;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
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
     * The handler has answered, and threw nothing. With a status from 200 to 299 the delivery is handled and remembered;
     * with any other a redelivery will be handled. Call it when the request ends, and before the response is complete
     * where the framework allows it.
     */
    public void answered(int status) {
        answered(status, null);
    }

    /**
     * The sender gets this status, after the handler threw this.
     *
     * @param status from 200 to 299 only where the application chose it for the exception: the delivery then counts as
     *     handled, and the log warns that a failed handler was acknowledged
     * @param thrown null if nothing was thrown
     */
    public void answered(int status, @Nullable Throwable thrown) {
        end(status >= 200 && status < 300 ? Kind.HANDLED : Kind.FAILED, status, thrown);
    }

    /** The request ended without an answer of the handler: a redelivery will be handled. */
    public void failed() {
        failed(null);
    }

    /**
     * The handler failed, and its status is not known or does not count: a redelivery will be handled.
     *
     * @param thrown what it threw, or what kept its answer from being written; null if unknown
     */
    public void failed(@Nullable Throwable thrown) {
        end(Kind.FAILED, null, thrown);
    }

    /**
     * The handler failed after the application had sent its answer, by a flush or by more than the response's buffer
     * holds. The sender has a 2xx, which cannot be recalled: a redelivery would be handled, and the log says so as an
     * error.
     *
     * @param status the status that went out; any but 200 to 299 counts as an ordinary failure
     * @param thrown what the handler threw; null if unknown
     */
    public void failedAfterAnswer(int status, @Nullable Throwable thrown) {
        end(status >= 200 && status < 300 ? Kind.FAILED_AFTER_ANSWER : Kind.FAILED, status, thrown);
    }

    /**
     * The request ended, and the handler goes on with its work, as an asynchronous one does after a time-out. The claim
     * is held, so that a redelivery gets 409 until {@link #answered} or {@link #failed} tells how the work ended, or the
     * lease is over.
     *
     * @param status what the sender got
     */
    public void timedOut(int status) {
        if (state.compareAndSet(State.RUNNING, State.TIMED_OUT)) {
            listener.timedOut(result(status, null));
        }
    }

    private void end(Kind kind, @Nullable Integer status, @Nullable Throwable thrown) {
        State before = state.getAndSet(State.OVER);
        if (before != State.OVER) {
            listener.ended(kind, result(status, thrown), before == State.TIMED_OUT);
        }
    }

    private HandlerResult result(@Nullable Integer status, @Nullable Throwable thrown) {
        return new HandlerResult(Duration.ofNanos(nanoTime.getAsLong() - start), status, thrown);
    }
}
