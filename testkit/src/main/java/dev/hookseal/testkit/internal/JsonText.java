package dev.hookseal.testkit.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.JsonData;
import dev.hookseal.internal.json.EcmaScriptJson;
import dev.hookseal.internal.json.JsonFormatException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values as JSON text. */
public final class JsonText {
    // Half a surrogate pair has no form in UTF-8: it can only get as far as JavaScript's writer as an escape.
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonText() {}

    /**
     * As JavaScript would write the value, but that a number keeps all of its digits and JSON stays as it is given.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    public static String of(@Nullable Object value) {
        if (value instanceof JsonData json) {
            return json.json();
        }
        String written;
        try {
            written = MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "This value cannot be written as JSON by plain Jackson (" + e.getOriginalMessage()
                            + "): write it with a mapper of your own and give its JSON text",
                    e);
        }
        return value instanceof Number ? written : asJavaScriptWrites(written);
    }

    /**
     * The same for extracted data, where a text is more likely JSON that was meant to be read.
     *
     * @throws IllegalArgumentException if it is a text, or cannot be written
     */
    public static String ofData(Object data, String methodForText) {
        if (data instanceof CharSequence) {
            throw new IllegalArgumentException("A text would be written as a JSON string: for JSON text use "
                    + methodForText + ", with quotation marks within it where a JSON string is meant");
        }
        return of(data);
    }

    /**
     * The text, if it is JSON.
     *
     * @throws IllegalArgumentException if it is not; the message says where
     */
    public static String checked(String json) {
        return JsonData.of(json).json();
    }

    /** What JavaScript's {@code JSON.stringify} makes of JSON. */
    public static String asJavaScriptWrites(String json) {
        return new String(asJavaScriptWrites(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    public static byte[] asJavaScriptWrites(byte[] json) {
        try {
            return EcmaScriptJson.stringify(json);
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getMessage(), e);
        }
    }
}
