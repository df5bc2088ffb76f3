package dev.hookseal.stripe;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of Stripe, all of it signed. A <em>snapshot</em> event has {@link #data()}; a <em>thin</em> one has the place where
 * to fetch it, {@link #relatedObject()}.
 *
 * <p>{@link #as} binds the body to a class of yours. The {@code Event} of stripe-java is not made for Jackson, and its client
 * reads it: {@code (Event) client.deserialize(event.toJson().json(), ApiMode.V1)}. Two events are equal if the text of their
 * bodies is.
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

    /** Returns whether this is a thin event, {@code v2.core.event}, and not a snapshot. */
    boolean isThin();

    /** Returns when it happened; null if the event does not say. */
    @Nullable
    Instant created();

    /** Returns whether it is of live mode, and not of a sandbox; null if the event does not say. */
    @Nullable
    Boolean livemode();

    /** Returns the version of the API that the data is written in; null for a thin event. */
    @Nullable
    String apiVersion();

    /** Returns the connected account that it is about; null for the account of the endpoint. */
    @Nullable
    String account();

    /** Returns the data, with {@code object} and for some types {@code previous_attributes}; null for a thin event. */
    @Nullable
    JsonData data();

    /** Returns the id, type and URL of the object that a thin event is about; null for a snapshot. */
    @Nullable
    JsonData relatedObject();
}
