package dev.hookseal.slack;

import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A request of Slack, all of it signed: an event, an interaction or a slash command. {@link #toJson()} of a form is its
 * {@code payload}, or an object of its fields.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface SlackEvent extends WebhookEvent permits SlackPayload {

    /** Returns the type: of the inner event, of the interaction, or the command; empty without one. */
    String type();

    /** Returns the id of an event; null for anything else. */
    @Nullable
    String eventId();
}
