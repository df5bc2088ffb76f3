package dev.hookseal.providers.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hookseal.provider.ProviderKit.ByteRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A string or a number in a JSON text, which a kit replaces and leaves all other bytes as they are. */
public final class JsonMember {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonPointer pointer;

    private JsonMember(JsonPointer pointer) {
        this.pointer = pointer;
    }

    /**
     * Returns the member at a place.
     *
     * @param pointer a JSON Pointer (RFC 6901), such as {@code /event/type}
     */
    public static JsonMember at(String pointer) {
        return new JsonMember(JsonPointer.compile(pointer));
    }

    /** Returns whether a text has the member, as a string or a number. */
    public boolean isIn(byte[] json) {
        return find(json).isPresent();
    }

    /** Returns the same text with another string there; the text itself if it has no such member. */
    public byte[] withText(byte[] json, String text) {
        String quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        return replace(json, quoted);
    }

    /** Returns the same text with another number there; the text itself if it has no such member. */
    public byte[] withNumber(byte[] json, long number) {
        return replace(json, Long.toString(number));
    }

    private byte[] replace(byte[] json, String value) {
        return find(json)
                .map(range -> range.replace(json, value.getBytes(StandardCharsets.UTF_8)))
                .orElse(json);
    }

    private Optional<ByteRange> find(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isWanted = token == JsonToken.VALUE_STRING || token.isNumeric();
                if (isWanted && parser.getParsingContext().pathAsPointer().equals(pointer)) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    return Optional.of(
                            new ByteRange(from, (int) parser.currentLocation().getByteOffset()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            // it is not JSON
            return Optional.empty();
        }
    }
}
