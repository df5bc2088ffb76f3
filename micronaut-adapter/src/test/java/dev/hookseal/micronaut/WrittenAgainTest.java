package dev.hookseal.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaFile;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Micronaut's JSON makes of events and data in an application's answer: with Jackson, and with Serde. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenAgainTest {
    private final ApplicationContext context = ApplicationContext.builder()
            .properties(Map.of(
                    "hookseal.endpoints.formflow.secret",
                    "s",
                    // Serde writes no record that is not declared to it; io.micronaut is there unless set
                    "micronaut.serde.included-introspection-packages",
                    List.of("io.micronaut", "dev.hookseal.micronaut")))
            .bootstrapEnvironment(false)
            .environmentPropertySource(false)
            .build();
    private final FormFlowEvent formFlow = FormFlowEvents.extracted().event();
    private final ExtractaEvent extracta = ExtractaEvents.processed()
            .withFiles(
                    ExtractaEvents.file().withResultJson("{\"a\":[1.5,null,true,\"\\u00e9\",12345678901234567890,{}]}"))
            .event();
    private JsonMapper mapper;

    /** An application's own answer. */
    @Introspected
    record Letter(
            String note,
            FormFlowEvent event,
            List<ExtractaFile> files,
            Map<String, ExtractaEvent> byName,
            JsonData data,
            VerifiedWebhook<FormFlowEvent> proof) {}

    @BeforeAll
    void start() {
        mapper = context.start().getBean(JsonMapper.class);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @Test
    void runsOnTheJsonThatItIsFor() {
        assertThat(mapper.getClass().getName())
                .startsWith(System.getProperty("expected.json", "io.micronaut.jackson.databind"));
    }

    @Test
    void writesEventsAsTheyWereSent() throws IOException {
        assertThat(write(formFlow)).isEqualTo(formFlow.toJson().json());
        assertThat(write(extracta)).isEqualTo(extracta.toJson().json());
        assertThat(write(extracta.files().get(0)))
                .isEqualTo(extracta.files().get(0).toJson().json());
        assertThat(write(extracta.result())).isEqualTo(extracta.result().json());
        assertThat(JsonData.of(write(formFlow)).asMap()).containsKeys("eventId", "eventType", "templateId");
    }

    @Test
    void writesThemInListsAndMaps() throws IOException {
        String event = formFlow.toJson().json();

        assertThat(write(List.of(formFlow, formFlow))).isEqualTo("[" + event + "," + event + "]");
        assertThat(write(Map.of("k", extracta)))
                .isEqualTo("{\"k\":" + extracta.toJson().json() + "}");
        assertThat(write(Map.of("k", extracta.result())))
                .isEqualTo("{\"k\":" + extracta.result().json() + "}");
    }

    @Test
    void writesThemInAnApplicationsOwnRecord() throws IOException {
        VerifiedWebhook<FormFlowEvent> proof = FormFlowEvents.extracted().verified();
        Letter letter = new Letter(
                "n", formFlow, extracta.files(), Map.of("k", extracta), JsonData.of("{\"a\":[-1,{}]}"), proof);

        assertThat(write(letter))
                .isEqualTo("{\"note\":\"n\",\"event\":" + formFlow.toJson().json() + ",\"files\":"
                        + extracta.result().json() + ",\"byName\":{\"k\":"
                        + extracta.toJson().json() + "},\"data\":{\"a\":[-1,{}]},\"proof\":"
                        + proof.event().toJson().json() + "}");
    }

    @Test
    void writesAProofAsItsEvent() throws IOException {
        VerifiedWebhook<FormFlowEvent> proof = FormFlowEvents.extracted().verified();

        assertThat(write(proof)).isEqualTo(proof.event().toJson().json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"t\"",
                "true",
                "0",
                "[1.10,-3.5,9007199254740993,123456789012345678901234567890]",
                "{\"b\":{\"a\":[[],{}]},\"a\":\"\"}"
            })
    void keepsEveryKind(String json) throws IOException {
        assertThat(write(JsonData.of(json))).isEqualTo(json);
    }

    @Test
    void keepsTheKindOfNumbersThatAreSpeltInAnotherWay() throws IOException {
        JsonData data = JsonData.of("[1e400, 1E5, -0, 1e-7]");

        assertThat(JsonData.of(write(data)).asObject()).isEqualTo(data.asObject());
    }

    @Test
    void writesHalfOfASurrogatePair() throws IOException {
        JsonData data = JsonData.of("{\"\\ud800\":\"\\udc00\"}");

        // Jackson and Serde spell its escape in different cases
        assertThat(write(data)).isEqualToIgnoringCase(data.json());
        assertThat(mapper.writeValueAsBytes(data)).asString(UTF_8).isEqualToIgnoringCase(data.json());
    }

    /** What comes in a request must never become an event. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                FormFlowEvent.class,
                ExtractaEvent.class,
                ExtractaFile.class,
                VerifiedWebhook.class,
                JsonData.class
            })
    void readsNone(Class<?> type) {
        for (String json : List.of(
                formFlow.toJson().json(),
                extracta.toJson().json(),
                extracta.files().get(0).toJson().json(),
                "{}",
                "\"{}\"",
                "{\"bytes\":\"e30=\",\"from\":0,\"to\":2}")) {
            assertThatException().as(json).isThrownBy(() -> mapper.readValue(json, Argument.of(type)));
        }
    }

    private String write(Object value) throws IOException {
        return mapper.writeValueAsString(value);
    }
}
