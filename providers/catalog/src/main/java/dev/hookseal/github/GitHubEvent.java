package dev.hookseal.github;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of GitHub. <strong>Its event name and its ids are not signed</strong>: only the body is, so that anyone who has a
 * genuine delivery can send it again under another name. What a handler relies on has to be in the body.
 *
 * <p>{@link #as} binds the body to a class, such as a model class of a GitHub client. Two events are equal if their headers and
 * the text of their bodies are.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface GitHubEvent extends WebhookEvent permits GitHubPayload {

    /** Returns the event, {@code X-GitHub-Event}, which <strong>anyone can have written</strong>; empty without one. */
    String unsignedEventName();

    /**
     * Returns the id of the delivery, {@code X-GitHub-Delivery}, which <strong>anyone can have written</strong>; null without
     * one.
     */
    @Nullable
    String unsignedDeliveryId();

    /** Returns what happened, such as {@code opened}; null for an event without one, such as {@code push}. */
    @Nullable
    String action();

    /** Returns the repository where it happened; null if it happened elsewhere. */
    @Nullable
    JsonData repository();

    /** Returns the organization of the webhook or of the repository; null without one. */
    @Nullable
    JsonData organization();

    /** Returns the installation of the GitHub App that the event was sent to; null if it was sent to another webhook. */
    @Nullable
    JsonData installation();

    /** Returns the user who caused it; null if the event does not say. */
    @Nullable
    JsonData sender();
}
