package dev.hookseal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.fixture.WrittenAgain;
import java.util.Map;

class WrittenByJacksonTwoTest extends WrittenAgain {
    private final ObjectMapper mapper = JsonMapper.builder().build();

    @Override
    protected String write(Object value) throws Exception {
        return mapper.writeValueAsString(value);
    }

    @Override
    protected byte[] writeBytes(Object value) throws Exception {
        return mapper.writeValueAsBytes(value);
    }

    @Override
    protected String writePretty(Object value) throws Exception {
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
    protected Object read(String json, Class<?> type) throws Exception {
        return mapper.readValue(json, type);
    }
}
