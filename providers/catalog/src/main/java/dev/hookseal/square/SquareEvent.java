package dev.hookseal.square;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event notification of Square, all of it signed together with the URL. A member that is missing, or of another kind than
 * documented, is null. What has no method here is in {@link #toJson()}. Two are equal if all of their JSON is.
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

    /** Returns the seller. */
    @Nullable
    String merchantId();

    /** Returns the seller's location; most events have none. */
    @Nullable
    String locationId();

    /** Returns when the event was created. */
    @Nullable
    Instant createdAt();

    /** Returns the type of the object, such as {@code payment}. */
    @Nullable
    String dataType();

    /** Returns the id of the object. */
    @Nullable
    String dataId();

    /** Returns the data: the type and the id, and usually the object under {@code object}. */
    @Nullable
    JsonData data();
}
