package dev.hookseal.receive;

import dev.hookseal.request.WebhookResponse;
import java.util.function.Supplier;

/** What an adapter does with a delivery: run the handler, or answer. */
public sealed interface Decision<E> {

    /**
     * The delivery is genuine and new: run the handler, then report to the {@link AdmittedDelivery} how it ended, when
     * the request ends.
     */
    record Admitted<E>(AdmittedDelivery<E> delivery) implements Decision<E> {}

    /** No handler runs; the sender gets this response. */
    record Answered<E>(WebhookResponse response) implements Decision<E> {}

    /**
     * The same delivery is being handled. Only {@link WebhookReceiver#tryReceive} returns it, for an adapter whose thread
     * must not wait: it calls {@link #await} on another one.
     */
    final class InProgress<E> implements Decision<E> {
        private final Supplier<Decision<E>> lookAgain;

        InProgress(Supplier<Decision<E>> lookAgain) {
            this.lookAgain = lookAgain;
        }

        /**
         * Waits a moment, at most 155 ms and the time of the store's answers, for the other request to end. A sender that
         * redelivers as soon as it reads a 200 thus gets a 200 again, and not a 409.
         *
         * @return {@link Admitted} or {@link Answered}
         */
        public Decision<E> await() {
            return lookAgain.get();
        }
    }
}
