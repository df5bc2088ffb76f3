package dev.hookseal.standardwebhooks;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a sender that follows Standard Webhooks, all of it covered by the signature. The specification recommends
 * {@code type}, {@code timestamp} and {@code data} in the body and requires nothing: any of them may be null, and
 * {@link #toJson()} has everything.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does. Two events are
 * equal if the members here are.
 *
 * @since 0.1.0
 */
public sealed interface StandardWebhooksEvent extends WebhookEvent permits StandardWebhooksPayload {

    /** Returns the id of the message, the same in every retry: the header {@code webhook-id}, which is signed. */
    String messageId();

    /** Returns the time of this attempt: the header {@code webhook-timestamp}, which is signed. */
    Instant attemptedAt();

    /** Returns what happened, such as {@code invoice.paid}; null if the body has no such text. */
    @Nullable
    String type();

    /** Returns when it happened; null if the body has no ISO 8601 time. */
    @Nullable
    Instant timestamp();

    /** Returns the data; null if the body has none. */
    @Nullable
    JsonData data();
}
