package dev.hookseal;

import dev.hookseal.fixture.WrittenAgain;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.json.JsonMapper;

@Tag("jackson-3")
class WrittenByJacksonThreeTest extends WrittenAgain {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    protected String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    @Override
    protected byte[] writeBytes(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    protected String writePretty(Object value) {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    @Override
    protected String tree(Object value) {
        return mapper.valueToTree(value).toString();
    }

    @Override
    protected Map<?, ?> map(Object value) {
        return mapper.convertValue(value, Map.class);
    }

    @Override
    protected Object read(String json, Class<?> type) {
        return mapper.readValue(json, type);
    }
}
