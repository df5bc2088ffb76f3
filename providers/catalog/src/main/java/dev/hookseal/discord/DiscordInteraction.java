package dev.hookseal.discord;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * An interaction of Discord, all of it signed. A member that is missing, or of another kind than documented, is null. What has
 * no method here is in {@link #toJson()}. Two are equal if all of their JSON is.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface DiscordInteraction extends WebhookEvent permits DiscordInteractionPayload {

    /**
     * Returns the type by the name that Discord documents: {@code APPLICATION_COMMAND}, {@code MESSAGE_COMPONENT},
     * {@code APPLICATION_COMMAND_AUTOCOMPLETE} or {@code MODAL_SUBMIT}; the number of any other.
     */
    String type();

    /** Returns the id, by which a replay is recognised. */
    @Nullable
    String id();

    /** Returns the application. */
    @Nullable
    String applicationId();

    /** Returns the token to answer with later. It is a credential for 15 minutes: keep it out of logs. */
    @Nullable
    String token();

    /** Returns the server; null in a direct message. */
    @Nullable
    String guildId();

    /** Returns the channel. */
    @Nullable
    String channelId();

    /** Returns the data, which depends on the type. */
    @Nullable
    JsonData data();
}
