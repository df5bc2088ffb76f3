package dev.hookseal.stripe;

import dev.hookseal.JsonData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record StripePayload(
        String id,
        String type,
        boolean isThin,
        @Nullable Instant created,
        @Nullable Boolean livemode,
        @Nullable String apiVersion,
        @Nullable String account,
        @Nullable JsonData data,
        @Nullable JsonData relatedObject,
        JsonData toJson)
        implements StripeEvent {}
