package dev.hookseal.github;

import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of GitHub. <strong>Its event name and its delivery id are not signed</strong>: only the body is.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface GitHubEvent extends WebhookEvent permits GitHubPayload {

    /** Returns the event of {@code X-GitHub-Event}, which anyone can have written; empty without one. */
    String unsignedEventName();

    /** Returns the {@code action}, which is signed; null without one. */
    @Nullable
    String action();

    /** Returns the full name of the repository; null without one. */
    @Nullable
    String repository();
}
