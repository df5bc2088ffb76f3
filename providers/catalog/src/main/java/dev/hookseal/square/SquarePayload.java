package dev.hookseal.square;

import dev.hookseal.JsonData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record SquarePayload(
        String eventId,
        String type,
        @Nullable String merchantId,
        @Nullable String locationId,
        @Nullable Instant createdAt,
        @Nullable String dataType,
        @Nullable String dataId,
        @Nullable JsonData data,
        JsonData toJson)
        implements SquareEvent {}
