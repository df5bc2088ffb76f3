package dev.hookseal.formflow;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of FormFlow: all of them share one shape. Every member is covered by the signature. Sealed, so that a web
 * framework cannot make one from request parameters; in tests, the testkit does.
 *
 * <p>Two events are equal if the members here are. Jackson and Micronaut Serde write an event as {@link #toJson()}, so
 * under the provider's own names; nothing reads one but a verification.
 */
public sealed interface FormFlowEvent extends WebhookEvent permits FormFlowPayload {

    /** The event's id, the same in every redelivery; never empty. */
    String eventId();

    /** What happened. */
    FormFlowEventType type();

    /** The type's name as it came, also where it is not known here; never empty. */
    String typeName();

    /** When it happened. */
    Instant timestamp();

    /** The submission, as an opaque string; null if the event names none, or as something else than a string or number. */
    @Nullable
    String submissionId();

    /**
     * The template, as an opaque string: {@code 1} where the provider sends a number; null if the event names none, or
     * as something else than a string or number.
     */
    @Nullable
    String templateId();

    /** The event as it was sent, members that have no method here included. */
    @Override
    JsonData toJson();
}
