package dev.hookseal.provider;

import dev.hookseal.JsonData;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a payload, read leniently: one that is missing or null is null, and so is one of another kind than its
 * provider documents, which {@link #unexpected()} names. A verified delivery is not lost because of either.
 *
 * <pre>{@code
 * PayloadMembers members = PayloadMembers.of(content);
 * Event event = new Event(members.text("type"), members.time("created"), members.json());
 * return ReadEvent.of(event, event.type()).withUnexpectedMembers(members.unexpected());
 * }</pre>
 *
 * <p>It is for one thread.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class PayloadMembers {
    private final JsonData json;
    private final Map<String, JsonData> members;
    private final Set<String> unexpected = new HashSet<>(0);

    private PayloadMembers(JsonData json) {
        this.json = json;
        this.members = json.members();
    }

    /**
     * Returns the members of the JSON object that was signed.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_MALFORMED} if it is not JSON in strict UTF-8, with
     *     {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is not an object
     */
    public static PayloadMembers of(SignedContent content) throws WebhookRejectedException {
        return of(JsonData.of(content));
    }

    /**
     * Returns the members of a JSON object.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is not an object
     */
    public static PayloadMembers of(JsonData json) throws WebhookRejectedException {
        if (!json.isObject()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return new PayloadMembers(json);
    }

    /** Returns the whole object. */
    public JsonData json() {
        return json;
    }

    /** Returns a text; null without one. */
    public @Nullable String text(String name) {
        return read(name, value -> scalar(value) instanceof String text ? text : null);
    }

    /**
     * Returns a text that an event cannot be without.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is missing, empty or not a text
     */
    public String requiredText(String name) throws WebhookRejectedException {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return text;
    }

    /** Returns a boolean; null without one. */
    public @Nullable Boolean flag(String name) {
        return read(name, value -> scalar(value) instanceof Boolean flag ? flag : null);
    }

    /** Returns a time, written as a whole number of seconds since 1970 or in ISO 8601 with an offset; null without one. */
    public @Nullable Instant time(String name) {
        return read(name, PayloadMembers::time);
    }

    /** Returns an object; null without one. */
    public @Nullable JsonData object(String name) {
        return read(name, value -> value.isObject() ? value : null);
    }

    /** Returns the names of the members that were asked about and are of another kind. */
    public Set<String> unexpected() {
        return Set.copyOf(unexpected);
    }

    private <T> @Nullable T read(String name, Function<JsonData, @Nullable T> reader) {
        JsonData value = members.get(name);
        if (value == null || (!value.isObject() && value.json().equals("null"))) {
            return null;
        }
        T read = reader.apply(value);
        if (read == null) {
            unexpected.add(name);
        }
        return read;
    }

    private static @Nullable Object scalar(JsonData value) {
        return value.isObject() ? null : value.asObject();
    }

    private static @Nullable Instant time(JsonData value) {
        Object time = scalar(value);
        try {
            if (time instanceof String text) {
                return OffsetDateTime.parse(text).toInstant();
            }
            boolean isWhole = time instanceof Integer || time instanceof Long;
            return isWhole && time instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
