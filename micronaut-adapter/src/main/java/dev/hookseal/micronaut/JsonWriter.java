package dev.hookseal.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookseal.JsonData;
import dev.hookseal.internal.json.JsonFormatException;
import dev.hookseal.internal.json.JsonScanner;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Encoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Goes through JSON for a Serde encoder, which cannot write text as it is; numbers keep every digit. */
final class JsonWriter {
    private final JsonScanner json;

    private JsonWriter(JsonScanner json) {
        this.json = json;
    }

    static void write(JsonData data, Encoder out) throws IOException {
        byte[] bytes = data.json().getBytes(UTF_8);
        try {
            new JsonWriter(new JsonScanner(bytes, 0, bytes.length)).write(out);
        } catch (JsonFormatException e) {
            throw new AssertionError("only valid text becomes a JsonData", e);
        }
    }

    // Recurses once for each level, of which JsonScanner.MAX_DEPTH is the most.
    private void write(Encoder out) throws IOException, JsonFormatException {
        byte kind = json.peek();
        switch (kind) {
            case '{' -> {
                Encoder members = out.encodeObject(Argument.OBJECT_ARGUMENT);
                json.enterObject();
                while (json.nextMember()) {
                    members.encodeKey(json.name());
                    write(members);
                }
                members.finishStructure();
            }
            case '[' -> {
                Encoder elements = out.encodeArray(Argument.OBJECT_ARGUMENT);
                json.enterArray();
                while (json.nextElement()) {
                    write(elements);
                }
                elements.finishStructure();
            }
            case '"' -> out.encodeString(json.readString());
            case 't', 'f' -> {
                json.skipValue();
                out.encodeBoolean(kind == 't');
            }
            case 'n' -> {
                json.skipValue();
                out.encodeNull();
            }
            default -> writeNumber(json.readNumberText(), out);
        }
    }

    private static void writeNumber(String text, Encoder out) throws IOException {
        if (text.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            out.encodeBigDecimal(new BigDecimal(text));
        } else {
            out.encodeBigInteger(new BigInteger(text));
        }
    }
}
