package dev.hookseal;

import dev.hookseal.internal.json.JsonScanner;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonGeneratorBase;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** The same for Jackson 3; loaded only where that is on the class path. */
final class JacksonThreeText extends JacksonText implements JacksonSerializable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MAX_DEPTH)
                    .maxNumberLength(JsonScanner.MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    JacksonThreeText(JsonData data) {
        super(data);
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        if (out instanceof JsonGeneratorBase) {
            out.writeRawValue(data.json());
            return;
        }
        try (JsonParser tokens = FACTORY.createParser(ObjectReadContext.empty(), data.json())) {
            tokens.nextToken();
            out.copyCurrentStructure(tokens);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer types) {
        serialize(out, context);
    }
}
