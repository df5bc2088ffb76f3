package dev.hookseal.provider;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a payload that a provider documents, leniently: a member that is missing, null or of another kind than
 * documented is null, and one of another kind is named by {@link #unexpected()}.
 *
 * <pre>{@code
 * PayloadMembers members = PayloadMembers.of(content);
 * String type = members.text("type");
 * String user = members.in("event").text("user");
 * return ReadEvent.of(new MyEvent(type, user, members.json()), type == null ? "" : type)
 *         .withUnexpectedMembers(members.unexpected());
 * }</pre>
 *
 * <p>The payload is scanned once, and each inner object once more when it is read. Nothing is copied. Of a member that occurs
 * twice the last one counts. For one thread.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class PayloadMembers {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}");

    private final byte[] bytes;
    private final JsonData json;
    private final String path;
    private final Map<String, Value> values;
    // of the whole payload
    private final Set<String> unexpected;

    private record Value(byte kind, int from, int to) {}

    private PayloadMembers(
            byte[] bytes, JsonData json, String path, Map<String, Value> values, Set<String> unexpected) {
        this.bytes = bytes;
        this.json = json;
        this.path = path;
        this.values = values;
        this.unexpected = unexpected;
    }

    /**
     * Returns the members of the JSON object that is signed.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_MALFORMED} if it is not JSON in strict UTF-8, and
     *     with {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is not an object
     */
    public static PayloadMembers of(SignedContent content) throws WebhookRejectedException {
        return content.read((bytes, from, to) -> scanned(bytes, from, to, "", new HashSet<>(0)));
    }

    /**
     * Returns the members of a JSON object that a provider has found in signed content.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is not an object
     */
    public static PayloadMembers of(JsonData json) throws WebhookRejectedException {
        byte[] bytes = json.json().getBytes(StandardCharsets.UTF_8);
        return scanned(bytes, 0, bytes.length, "", new HashSet<>(0));
    }

    private static PayloadMembers scanned(byte[] bytes, int from, int to, String path, Set<String> unexpected)
            throws WebhookRejectedException {
        Map<String, Value> values = new HashMap<>();
        JsonScanner scanner = new JsonScanner(bytes, from, to);
        try {
            boolean isObject = scanner.peek() == '{';
            int start = scanner.position();
            if (isObject) {
                scanner.enterObject();
                while (scanner.nextMember()) {
                    String name = scanner.name();
                    byte kind = scanner.peek();
                    int valueStart = scanner.position();
                    scanner.skipValue();
                    values.put(name, new Value(kind, valueStart, scanner.position()));
                }
            } else {
                scanner.skipValue();
            }
            int end = scanner.position();
            scanner.expectEnd();
            if (!isObject) {
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
            }
            return new PayloadMembers(bytes, JsonData.ofValidUtf8(bytes, start, end), path, values, unexpected);
        } catch (JsonFormatException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    /** Returns the whole object. */
    public JsonData json() {
        return json;
    }

    /** Returns the names of the members that are of another kind than they were read as, inner ones as {@code outer.inner}. */
    public Set<String> unexpected() {
        return Set.copyOf(unexpected);
    }

    /** Returns whether there is a member of this name, of any kind but null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** Returns a string; null without one. */
    public @Nullable String text(String name) {
        Value value = value(name);
        if (value == null || value.kind != '"') {
            note(name, value);
            return null;
        }
        try {
            return new JsonScanner(bytes, value.from, value.to).readString();
        } catch (JsonFormatException e) {
            throw new AssertionError("it was scanned before", e);
        }
    }

    /**
     * Returns a string that an event cannot be without.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_UNEXPECTED} if it is missing, empty or of another kind
     */
    public String requiredText(String name) throws WebhookRejectedException {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return text;
    }

    /** Returns an integer of at most 15 digits; null without one. */
    public @Nullable Long integer(String name) {
        Value value = value(name);
        if (value != null && JsonScanner.startsNumber(value.kind)) {
            String text = new String(bytes, value.from, value.to - value.from, StandardCharsets.US_ASCII);
            if (INTEGER.matcher(text).matches()) {
                return Long.valueOf(text);
            }
        }
        note(name, value);
        return null;
    }

    /** Returns a Boolean; null without one. */
    public @Nullable Boolean flag(String name) {
        Value value = value(name);
        if (value == null || (value.kind != 't' && value.kind != 'f')) {
            note(name, value);
            return null;
        }
        return value.kind == 't';
    }

    /** Returns a time of either spelling, as {@link #unixSeconds} or {@link #iso8601} reads it; null without one. */
    public @Nullable Instant time(String name) {
        Value value = value(name);
        return value != null && value.kind == '"' ? iso8601(name) : unixSeconds(name);
    }

    /** Returns the time of a number of seconds since 1970, of at most 15 digits; null without one. */
    public @Nullable Instant unixSeconds(String name) {
        Long seconds = integer(name);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /** Returns the time of an ISO 8601 text with a zone, such as {@code 2026-11-30T09:00:00Z}; null without one. */
    public @Nullable Instant iso8601(String name) {
        String text = text(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            note(name, value(name));
            return null;
        }
    }

    /** Returns an object as JSON; null without one. */
    public @Nullable JsonData object(String name) {
        Value value = value(name);
        if (value == null || value.kind != '{') {
            note(name, value);
            return null;
        }
        return JsonData.ofValidUtf8(bytes, value.from, value.to);
    }

    /** Returns the members of an inner object; all of them are null if there is no such object. */
    public PayloadMembers in(String name) {
        String inner = path + name + ".";
        Value value = value(name);
        if (value == null || value.kind != '{') {
            note(name, value);
            return new PayloadMembers(bytes, json, inner, Map.of(), unexpected);
        }
        try {
            return scanned(bytes, value.from, value.to, inner, unexpected);
        } catch (WebhookRejectedException e) {
            throw new AssertionError("it was scanned before", e);
        }
    }

    private @Nullable Value value(String name) {
        Value value = values.get(name);
        return value == null || value.kind == 'n' ? null : value;
    }

    private void note(String name, @Nullable Value unexpectedKind) {
        if (unexpectedKind != null) {
            unexpected.add(path + name);
        }
    }
}
