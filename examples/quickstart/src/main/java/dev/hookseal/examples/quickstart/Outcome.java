package dev.hookseal.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** The outcome of a delivery. The example's handler answers with what it saw, as the providers' own samples do. */
record Outcome(int status, boolean handlerRan, String event, String bound) {
    private static final int CLOSED = 0;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Creates the outcome of a connection that was closed without an answer. */
    static Outcome closed() {
        return new Outcome(CLOSED, false, "", "");
    }

    boolean isClosed() {
        return status == CLOSED;
    }

    static Outcome of(HttpResponse<String> response) {
        JsonNode answer = json(response.body());
        return new Outcome(
                response.statusCode(),
                answer.has("bound"),
                answer.path("event").asText(),
                answer.path("bound").toString());
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
