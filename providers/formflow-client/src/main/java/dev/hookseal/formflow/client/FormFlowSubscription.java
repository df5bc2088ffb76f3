package dev.hookseal.formflow.client;

import dev.hookseal.signature.SigningSecret;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as FormFlow lists it: one event, delivered to one URL, signed with one secret.
 *
 * @param id opaque; never empty
 * @param event the event's name as the provider spells it; never empty
 * @param url where it is delivered, as the provider gives it
 * @param secret what its deliveries are signed with
 * @param createdAt null if it is missing or no ISO 8601 instant
 * @param updatedAt null if it is missing or no ISO 8601 instant
 */
public record FormFlowSubscription(
        String id,
        String event,
        String url,
        SigningSecret secret,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    /** Returns the subscription of a JSON value; null if it is not one, or lacks a member that is needed. */
    static @Nullable FormFlowSubscription read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> members)) {
            return null;
        }
        String id = text(members.get("id"));
        String event = text(members.get("event"));
        String url = text(members.get("url"));
        SigningSecret secret = secret(members.get("secret"));
        if (id.isEmpty() || event.isEmpty() || url.isEmpty() || secret == null) {
            return null;
        }
        return new FormFlowSubscription(
                id, event, url, secret, instant(members.get("createdAt")), instant(members.get("updatedAt")));
    }

    // an identifier may be a number, as with events
    private static String text(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return value.toString();
        }
        return value instanceof String string ? string : "";
    }

    private static @Nullable SigningSecret secret(@Nullable Object value) {
        try {
            return SigningSecret.ofUtf8(text(value));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        try {
            return Instant.parse(text(value));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
