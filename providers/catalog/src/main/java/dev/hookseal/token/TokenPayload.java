package dev.hookseal.token;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record TokenPayload(@Nullable String unsignedEventName, JsonData toJson) implements TokenEvent {}
