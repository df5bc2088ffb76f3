package dev.hookseal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A free-form JSON value, such as the data that Extracta extracted: as its text, as a map, or bound to your own class.
 * It shows no type of a JSON library, so that it means the same whichever an application uses. Immutable.
 *
 * <p>It holds any JSON that JavaScript accepts, half of a surrogate pair included, in a text or in the name of a member.
 *
 * <p>Jackson 2, Jackson 3 and Micronaut Serde write it as the JSON that it holds: Jackson as {@link #json()}, character
 * for character; Serde in its own spelling. None of them reads one.
 */
@JsonAutoDetect(creatorVisibility = JsonAutoDetect.Visibility.NONE)
public final class JsonData {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // its table of names rejects many names of one hash
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonScanner.MAX_DEPTH)
                            .maxNumberLength(JsonScanner.MAX_NUMBER_LENGTH)
                            // the body's own limit holds for these
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final byte[] bytes;
    private final int from;
    private final int to;

    private JsonData(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Returns the value that a JSON text holds.
     *
     * @throws IllegalArgumentException if it is not JSON, or is nested more than 1,000 levels deep, or has a number of
     *     more than 1,000 characters, or holds half of a surrogate pair other than as an escape
     */
    public static JsonData of(String json) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            throw new IllegalArgumentException("Not JSON: half of a surrogate pair, which UTF-8 cannot encode");
        }
        try {
            return ofUtf8(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a JSON string, for providers of bodies that are not JSON.
     *
     * @throws IllegalArgumentException if the text holds half of a surrogate pair, which UTF-8 cannot encode
     */
    public static JsonData ofText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("Half of a surrogate pair, which UTF-8 cannot encode");
        }
        try {
            byte[] json = MAPPER.writeValueAsBytes(text);
            return new JsonData(json, 0, json.length);
        } catch (JsonProcessingException e) {
            throw new AssertionError("any text is a JSON string", e);
        }
    }

    /** Returns the value that an array holds as text, which is checked and not copied. */
    static JsonData ofUtf8(byte[] bytes) throws JsonFormatException {
        return scanned(bytes, 0, bytes.length);
    }

    private static JsonData scanned(byte[] bytes, int from, int to) throws JsonFormatException {
        JsonScanner scanner = new JsonScanner(bytes, from, to);
        scanner.peek();
        int start = scanner.position();
        scanner.skipValue();
        int end = scanner.position();
        scanner.expectEnd();
        return new JsonData(bytes, start, end);
    }

    /**
     * Returns the JSON that was signed, for a provider's reader.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_MALFORMED} if it is not JSON in strict UTF-8
     */
    public static JsonData of(SignedContent content) throws WebhookRejectedException {
        try {
            return content.read((bytes, from, to) -> scanned(bytes, from, to));
        } catch (JsonFormatException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    /**
     * Creates one, for providers: a part of an array that holds one valid JSON value in UTF-8. Neither checked nor
     * copied.
     *
     * @throws IndexOutOfBoundsException if the part does not lie in the array
     */
    public static JsonData ofValidUtf8(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new JsonData(bytes, from, to);
    }

    /** Returns the JSON text. */
    public String json() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns what Jackson writes in its place. */
    @JsonValue
    Object written() {
        return JacksonText.of(this);
    }

    /** Returns whether the value is an object, so that {@link #asMap()} gives it. */
    public boolean isObject() {
        return bytes[from] == '{';
    }

    /**
     * Returns the members of an object in the order of the text. Values are String, Boolean, Integer, Long, BigInteger,
     * Double, null, and Maps and Lists of them. Of a repeated member the last one counts.
     *
     * @throws IllegalStateException if the value is not an object; {@link #asObject()} takes any
     */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> asMap() {
        if (!isObject()) {
            throw new IllegalStateException("This JSON value is not an object: use asObject(), which takes any value");
        }
        return (Map<String, @Nullable Object>) as(Map.class);
    }

    /**
     * Returns the text at a place: of a string, or of a number as it is written; empty if there is nothing, or something
     * else.
     *
     * @param pointer a JSON Pointer (RFC 6901), such as {@code /type} or {@code /data/id}
     * @throws IllegalArgumentException if the pointer is not one
     */
    public Optional<String> text(String pointer) {
        JsonPointer path = JsonPointer.compile(pointer);
        try (JsonParser tokens = tokens()) {
            JsonNode all = MAPPER.readTree(tokens);
            JsonNode found = all.at(path);
            return found.isTextual() || found.isNumber() ? Optional.of(found.asText()) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(JsonNode.class, e);
        }
    }

    /**
     * Returns the value as {@link #asMap()} gives a member's: a Map or a List, or a String, a number, a Boolean or
     * null.
     */
    public @Nullable Object asObject() {
        try {
            return read(Object.class);
        } catch (IOException e) {
            throw unreadable(Object.class, e);
        }
    }

    /**
     * Returns the value bound to a class: a record or a bean, by the names of its members; unknown ones are passed
     * over. Dates and the like beyond what plain Jackson binds are better read with your own mapper from
     * {@link #json()}.
     *
     * @throws IllegalArgumentException if the value does not fit, or is null
     */
    public <T> T as(Class<T> type) {
        T value;
        try {
            value = read(type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
        if (value == null) {
            throw new IllegalArgumentException("JSON null cannot be bound to " + type.getName());
        }
        return value;
    }

    private <T> @Nullable T read(Class<T> type) throws IOException {
        try (JsonParser tokens = tokens()) {
            return MAPPER.readValue(tokens, type);
        }
    }

    /** Returns the value as Jackson 2 reads it. */
    JsonParser tokens() throws IOException {
        return JacksonTokens.areNeededFor(bytes, from, to)
                ? JacksonTokens.of(bytes, from, to, MAPPER)
                : MAPPER.createParser(bytes, from, to - from);
    }

    // A binding exception's message may quote the data, which does not belong into a log; its cause says where.
    private static IllegalArgumentException unreadable(Class<?> type, IOException e) {
        String where = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " at byte " + json.getLocation().getByteOffset()
                : "";
        return new IllegalArgumentException("This JSON value cannot be bound to " + type.getName() + where, e);
    }

    /** Returns whether the other one has the same text, byte for byte. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonData that && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }

    /** Its size alone, since the data is often personal and must not get into logs by accident; see {@link #json()}. */
    @Override
    public String toString() {
        return "JsonData[" + (to - from) + " bytes]";
    }
}
