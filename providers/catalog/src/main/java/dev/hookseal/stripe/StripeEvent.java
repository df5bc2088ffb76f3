package dev.hookseal.stripe;

import dev.hookseal.WebhookEvent;

/**
 * An event of Stripe, snapshot or thin, all of it signed.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface StripeEvent extends WebhookEvent permits StripePayload {

    /** Returns the id of the event, the same in every retry. */
    String id();

    /** Returns the type, such as {@code invoice.paid}. */
    String type();

    /** Returns when it happened, as Stripe writes it: seconds for a snapshot, ISO 8601 for a thin event. */
    String created();
}
