package dev.hookseal.provider;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;

/** Tells whether a delivery is genuine. Safe for use by any number of threads. */
@FunctionalInterface
public interface WebhookVerifier<E> {

    /**
     * Verifies the exact bytes of a request.
     *
     * @return the proof, with the event that was read from the signed bytes
     * @throws WebhookRejectedException whatever is wrong with the request: no input gives another exception
     */
    VerifiedWebhook<E> verify(WebhookRequest request) throws WebhookRejectedException;
}
