package dev.hookseal.square;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record SquarePayload(String eventId, String type, @Nullable String merchantId, JsonData toJson)
        implements SquareEvent {}
