package dev.hookseal.github;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record GitHubPayload(
        String unsignedEventName,
        @Nullable String action,
        @Nullable String repository,
        JsonData toJson) implements GitHubEvent {}
