package dev.hookseal.examples.servlet;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the providers' own samples answer: the event and the time; and here also what was bound. */
final class Answer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
