package dev.hookseal.formflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of FormFlow: all of them share one shape. Every member is covered by the signature. Sealed, so that a web
 * framework cannot make one from request parameters; in tests, the testkit does.
 */
public sealed interface FormFlowEvent permits FormFlowPayload {

    /** The event's id, the same in every redelivery; never empty. */
    String eventId();

    /** What happened. */
    FormFlowEventType type();

    /** The type's name as it came, also where it is not known here; never empty. */
    String typeName();

    /** When it happened. */
    Instant timestamp();

    /** The submission, as an opaque string; null if the event names none. */
    @Nullable
    String submissionId();

    /** The template, as an opaque string: {@code 1} where the provider sends a number; null if the event names none. */
    @Nullable
    String templateId();
}
