package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Events in what an application answers, and in what it reads, with Spring's own JSON: Jackson 2 or Jackson 3. */
class EventsAsJsonTest {
    private static final FormFlowEvent FORMFLOW = FormFlowEvents.extracted().event();
    private static final ExtractaEvent EXTRACTA = ExtractaEvents.processed()
            .withFiles(ExtractaEvents.file().withResultJson("{\"a\":1.5}"))
            .event();

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Handlers()).build();

    /** An application's own answer. */
    record Letter(FormFlowEvent event, List<ExtractaFile> files, Map<String, JsonData> data) {}

    @RestController
    static class Handlers {
        @GetMapping("/event")
        FormFlowEvent event() {
            return FORMFLOW;
        }

        @GetMapping("/events")
        List<FormFlowEvent> events() {
            return List.of(FORMFLOW);
        }

        @GetMapping("/letter")
        Letter letter() {
            return new Letter(FORMFLOW, EXTRACTA.files(), Map.of("k", EXTRACTA.result()));
        }

        @GetMapping("/half")
        JsonData half() {
            return JsonData.of("{\"\\ud800\":1e400}");
        }

        @PostMapping("/formflow")
        void formFlow(@RequestBody FormFlowEvent event) {}

        @PostMapping("/extracta")
        void extracta(@RequestBody ExtractaEvent event) {}

        @PostMapping("/file")
        void file(@RequestBody ExtractaFile file) {}

        @PostMapping("/data")
        void data(@RequestBody JsonData data) {}

        @PostMapping("/proof")
        void proof(@RequestBody VerifiedWebhook<FormFlowEvent> proof) {}

        @PostMapping("/map")
        void map(@RequestBody Map<String, Object> map) {}
    }

    @Test
    void writesThemAsTheProviderDoes() throws Exception {
        String event = FORMFLOW.toJson().json();

        assertThat(got("/event")).isEqualTo(event);
        assertThat(got("/events")).isEqualTo("[" + event + "]");
        assertThat(got("/letter"))
                .isEqualTo("{\"event\":" + event + ",\"files\":"
                        + EXTRACTA.result().json() + ",\"data\":{\"k\":"
                        + EXTRACTA.result().json() + "}}");
        assertThat(got("/half")).isEqualTo("{\"\\ud800\":1e400}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/formflow", "/extracta", "/file", "/data", "/proof"})
    void readsNone(String path) throws Exception {
        for (String body : List.of(
                FORMFLOW.toJson().json(),
                EXTRACTA.toJson().json(),
                EXTRACTA.files().get(0).toJson().json(),
                "{}",
                "{\"bytes\":\"e30=\",\"from\":0,\"to\":2}")) {
            assertThat(status("/map", body)).isEqualTo(200);
            assertThat(status(path, body)).isGreaterThanOrEqualTo(400);
        }
    }

    private String got(String path) throws Exception {
        MockHttpServletResponse response = mvc.perform(get(path).accept(MediaType.APPLICATION_JSON))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private int status(String path, String body) throws Exception {
        try {
            return mvc.perform(
                            post(path).contentType(MediaType.APPLICATION_JSON).content(body))
                    .andReturn()
                    .getResponse()
                    .getStatus();
        } catch (ServletException e) {
            // what no resolver of exceptions answers, a server answers with 500
            return 500;
        }
    }
}
