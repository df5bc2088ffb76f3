package dev.hookseal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonGeneratorImpl;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/**
 * A value as Jackson writes it: into JSON text just as it is, since Jackson spells numbers otherwise and cannot encode
 * half of a surrogate pair; anywhere else, such as into a tree, token by token.
 */
class JacksonText implements JsonSerializable {
    private static final boolean BESIDE_JACKSON_3 = isPresent("tools.jackson.databind.JacksonSerializable");

    final JsonData data;

    JacksonText(JsonData data) {
        this.data = data;
    }

    /** Returns a value that each Jackson on the class path can write. */
    // An Object, since the JVM would otherwise load the other class to compare the two.
    static Object of(JsonData data) {
        if (BESIDE_JACKSON_3) {
            return new JacksonThreeText(data);
        }
        return new JacksonText(data);
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, JacksonText.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public final void serialize(JsonGenerator out, SerializerProvider serializers) throws IOException {
        if (out instanceof JsonGeneratorImpl) {
            out.writeRawValue(data.json());
            return;
        }
        try (JsonParser tokens = data.tokens()) {
            tokens.nextToken();
            out.copyCurrentStructure(tokens);
        }
    }

    // With default typing as well: no type is told, since nothing reads the value back.
    @Override
    public final void serializeWithType(JsonGenerator out, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(out, serializers);
    }
}
