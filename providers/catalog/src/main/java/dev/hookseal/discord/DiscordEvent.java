package dev.hookseal.discord;

import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A webhook event or an interaction of Discord, all of it signed.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface DiscordEvent extends WebhookEvent permits DiscordPayload {

    /** Returns the type: a name such as {@code ENTITLEMENT_CREATE}, or the number of an interaction. */
    String type();

    /** Returns the id of an interaction; null for a webhook event, which has none. */
    @Nullable
    String id();
}
