package dev.hookseal.hmac;

import dev.hookseal.JsonData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record HmacPayload(
        @Nullable String eventName,
        @Nullable String unsignedEventName,
        @Nullable String id,
        @Nullable String unsignedId,
        @Nullable Instant time,
        @Nullable Instant unsignedTime,
        JsonData toJson)
        implements HmacEvent {}
