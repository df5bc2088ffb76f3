package dev.hookseal.slack;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record SlackPayload(String type, @Nullable String eventId, JsonData toJson) implements SlackEvent {}
