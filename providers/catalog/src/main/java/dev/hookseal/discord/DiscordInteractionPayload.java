package dev.hookseal.discord;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record DiscordInteractionPayload(
        String type,
        @Nullable String id,
        @Nullable String applicationId,
        @Nullable String token,
        @Nullable String guildId,
        @Nullable String channelId,
        @Nullable JsonData data,
        JsonData toJson)
        implements DiscordInteraction {

    /** Without the token, which is a credential. */
    @Override
    public String toString() {
        return "DiscordInteractionPayload[" + type + ", " + id + ", " + toJson + "]";
    }
}
