package dev.hookseal.discord;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A webhook event of Discord, all of it signed. A member that is missing, or of another kind than documented, is null. What
 * has no method here is in {@link #toJson()}. Two are equal if all of their JSON is.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface DiscordEvent extends WebhookEvent permits DiscordEventPayload {

    /** Returns the type, such as {@code ENTITLEMENT_CREATE}; empty without one. */
    String type();

    /** Returns when it happened, as Discord writes it: ISO 8601, without a zone in Discord's examples. */
    @Nullable
    String timestamp();

    /** Returns the application. */
    @Nullable
    String applicationId();

    /** Returns the data, which depends on the type. */
    @Nullable
    JsonData data();
}
