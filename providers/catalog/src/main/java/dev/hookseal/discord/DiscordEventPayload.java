package dev.hookseal.discord;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record DiscordEventPayload(
        String type,
        @Nullable String timestamp,
        @Nullable String applicationId,
        @Nullable JsonData data,
        JsonData toJson)
        implements DiscordEvent {}
