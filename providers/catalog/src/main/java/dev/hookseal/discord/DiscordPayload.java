package dev.hookseal.discord;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record DiscordPayload(String type, @Nullable String id, JsonData toJson) implements DiscordEvent {}
