package dev.hookseal.hmac;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of a sender that properties describe. What is signed and what is not follows from them: each part has two
 * methods, of which at most one returns a value.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface HmacEvent extends WebhookEvent permits HmacPayload {

    /** Returns the name of the event from the signed body ({@code event-pointer}); null without one. */
    @Nullable
    String eventName();

    /** Returns the name of the event from a header ({@code event-header}), which anyone can have written; null without one. */
    @Nullable
    String unsignedEventName();

    /** Returns the id of the delivery, if it is in the body or {@code signed-content} has it; null otherwise. */
    @Nullable
    String id();

    /** Returns the id of the delivery from a header that is not signed, so that anyone can have written it; null without one. */
    @Nullable
    String unsignedId();

    /** Returns the time of the delivery, if it is signed; null otherwise. */
    @Nullable
    Instant time();

    /**
     * Returns the time of the delivery from a header that is not signed, so that anyone can have written it; null without one,
     * or if it is not a time.
     */
    @Nullable
    Instant unsignedTime();

    /** Returns the body, all of which is signed: as it was sent, or a JSON string if {@code body-format} is {@code text}. */
    @Override
    JsonData toJson();
}
