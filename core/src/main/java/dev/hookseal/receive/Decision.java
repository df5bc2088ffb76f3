package dev.hookseal.receive;

import dev.hookseal.request.WebhookResponse;

/** What an adapter is to do with a delivery: run the handler, or answer. */
public sealed interface Decision<E> {

    /**
     * The delivery is genuine and new: run the handler, then tell the {@link AdmittedDelivery} how it went, before the response
     * goes out.
     */
    record Admitted<E>(AdmittedDelivery<E> delivery) implements Decision<E> {}

    /** No handler is to run; the sender gets this response. */
    record Answered<E>(WebhookResponse response) implements Decision<E> {}
}
