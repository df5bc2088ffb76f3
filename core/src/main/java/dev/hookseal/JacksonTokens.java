package dev.hookseal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import java.io.IOException;
import java.math.BigInteger;

/**
 * The tokens of a JSON text for Jackson where its own parser would reject them: it takes half of a surrogate pair in a
 * string, and not in the name of a member.
 */
final class JacksonTokens {
    private final JsonScanner json;
    private final TokenBuffer tokens;
    // the containers around the value, the innermost last; true for an object
    private final boolean[] objects = new boolean[JsonScanner.MAX_DEPTH];
    private int depth;

    private JacksonTokens(JsonScanner json, TokenBuffer tokens) {
        this.json = json;
        this.tokens = tokens;
    }

    /** Returns whether a surrogate is in the text as an escape; as UTF-8 there can be none that is half of a pair. */
    static boolean areNeededFor(byte[] bytes, int from, int to) {
        for (int at = from; at < to - 2; at++) {
            if (bytes[at] == '\\' && bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
    }

    static JsonParser of(byte[] bytes, int from, int to, ObjectCodec codec) throws IOException {
        JacksonTokens reader = new JacksonTokens(new JsonScanner(bytes, from, to), new TokenBuffer(codec, false));
        try {
            reader.readAll();
        } catch (JsonFormatException e) {
            throw new AssertionError("only valid text becomes a JsonData", e);
        }
        return reader.tokens.asParser(codec);
    }

    private void readAll() throws IOException, JsonFormatException {
        do {
            if (depth == 0 || isAtNext()) {
                readOne();
            }
        } while (depth > 0);
    }

    // At the next member or element; or the container is left.
    private boolean isAtNext() throws IOException, JsonFormatException {
        if (objects[depth - 1]) {
            if (json.nextMember()) {
                tokens.writeFieldName(json.name());
                return true;
            }
            tokens.writeEndObject();
        } else {
            if (json.nextElement()) {
                return true;
            }
            tokens.writeEndArray();
        }
        depth--;
        return false;
    }

    private void readOne() throws IOException, JsonFormatException {
        byte kind = json.peek();
        switch (kind) {
            case '{' -> {
                json.enterObject();
                tokens.writeStartObject();
                objects[depth++] = true;
            }
            case '[' -> {
                json.enterArray();
                tokens.writeStartArray();
                objects[depth++] = false;
            }
            case '"' -> tokens.writeString(json.readString());
            case 't', 'f' -> {
                json.skipValue();
                tokens.writeBoolean(kind == 't');
            }
            case 'n' -> {
                json.skipValue();
                tokens.writeNull();
            }
            default -> number(json.readNumberText());
        }
    }

    private void number(String text) throws IOException {
        boolean isInteger = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        if (!isInteger) {
            // read later as the type that is requested
            tokens.writeNumber(text);
        } else if (text.length() <= 18) {
            long value = Long.parseLong(text);
            if (value == (int) value) {
                tokens.writeNumber((int) value);
            } else {
                tokens.writeNumber(value);
            }
        } else {
            big(new BigInteger(text));
        }
    }

    private void big(BigInteger value) throws IOException {
        if (value.bitLength() < Long.SIZE) {
            tokens.writeNumber(value.longValue());
        } else {
            tokens.writeNumber(value);
        }
    }
}
