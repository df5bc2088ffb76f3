package dev.hookseal.examples.servlet;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers that the providers' own samples give: the event and the time; and here also what was bound. */
final class Answer {
    // Extracted text can hold half a surrogate pair, which has no UTF-8 form but an escape.
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Answer() {}

    static void write(HttpServletResponse response, @Nullable String event, @Nullable Object bound) throws IOException {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("event", event);
        answer.put("bound", bound);
        answer.put("time", Instant.now().toString());
        response.setContentType("application/json");
        response.getOutputStream().write(MAPPER.writeValueAsBytes(answer));
    }
}
