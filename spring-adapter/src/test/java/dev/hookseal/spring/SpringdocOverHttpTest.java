package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** What springdoc shows of annotated handlers. */
@OverHttp
class SpringdocOverHttpTest {
    @Value("${local.server.port}")
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/event", "/hooks/proof", "/hooks/any-proof", "/hooks/extracta", "/hooks/acme"})
    void showsNoEventAsAParameter(String path) throws IOException {
        JsonNode operation = paths().path(path).path("post");

        assertThat(operation.isObject()).isTrue();
        assertThat(operation.path("parameters")).isEmpty();
        assertThat(operation.path("requestBody").isMissingNode()).isTrue();
    }

    @Test
    void showsTheOtherParameters() throws IOException {
        JsonNode parameters = paths().path("/failing/argument").path("post").path("parameters");

        assertThat(parameters).hasSize(1);
        assertThat(parameters.path(0).path("name").asText()).isEqualTo("number");
    }

    private JsonNode paths() throws IOException {
        String documentation = new Sender(port)
                .send("GET", "/v3/api-docs", "application/json", "")
                .body();
        return new ObjectMapper().readTree(documentation).path("paths");
    }
}
