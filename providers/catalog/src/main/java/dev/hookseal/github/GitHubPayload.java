package dev.hookseal.github;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record GitHubPayload(
        String unsignedEventName,
        @Nullable String unsignedDeliveryId,
        @Nullable String action,
        @Nullable JsonData repository,
        @Nullable JsonData organization,
        @Nullable JsonData installation,
        @Nullable JsonData sender,
        JsonData toJson)
        implements GitHubEvent {}
