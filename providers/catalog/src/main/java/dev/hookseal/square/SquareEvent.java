package dev.hookseal.square;

import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A notification of Square, all of it signed.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface SquareEvent extends WebhookEvent permits SquarePayload {

    /** Returns the id, the same in every retry. */
    String eventId();

    /** Returns the type, such as {@code payment.created}. */
    String type();

    /** Returns the merchant; null without one. */
    @Nullable
    String merchantId();
}
