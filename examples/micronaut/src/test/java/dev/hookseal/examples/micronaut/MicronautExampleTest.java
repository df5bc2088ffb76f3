package dev.hookseal.examples.micronaut;

import static dev.hookseal.testkit.micronaut.WebhookRequests.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MicronautExampleTest {
    private static final String EXTRACTA_SECRET = "E_AI_K_a-secret-of-the-tests";
    private static final SecretSource FORMFLOW_SECRETS = SecretSource.byEventType(Map.of(
            "extracted", List.of(SigningSecret.ofUtf8("extracted-secret")),
            "export", List.of(SigningSecret.ofUtf8("export-secret"))));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "PORT", "-1",
                        "EXTRACTA_SECRET", EXTRACTA_SECRET,
                        "FORMFLOW_SECRET_EXTRACTED", "extracted-secret",
                        "FORMFLOW_SECRET_EXPORT", "export-secret",
                        "FORMFLOW_SECRET_VALIDATION_SUCCESS", "validation-success-secret",
                        "FORMFLOW_SECRET_ERROR_EXPORT", "error-export-secret",
                        "FORMFLOW_SECRET_ERROR_PROCESSING", "error-processing-secret",
                        "FORMFLOW_SECRET_ERROR_PRE_PROCESSING", "error-pre-processing-secret"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersEveryEventOfFormFlowWithWhatWasBound() throws Exception {
        for (var event : FormFlowEvents.documented()) {
            HttpResponse<String> response =
                    send("/webhooks/formflow", event.identifiedBy("every event").signedWith(event.name() + "-secret"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .startsWith("{\"event\":\"" + event.name() + "\",\"bound\":{\"eventId\":\"")
                    .contains("\"templateId\":\"1\"")
                    .containsPattern("\"time\":\"\\d{4}-\\d{2}-\\d{2}T[^\"]*Z\"}$");
        }
    }

    @Test
    void answersEveryEventOfExtractaWithItsFiles() throws Exception {
        for (var event : ExtractaEvents.documented()) {
            HttpResponse<String> response = send(
                    "/webhooks/extracta",
                    event.withFiles(ExtractaEvents.file()
                                    .withFileId("f-1")
                                    .withResult(Map.of("total", 12.5, "lines", List.of())))
                            .writtenAs(JsonStyle.PRETTY_PRINTED)
                            .signedWith(EXTRACTA_SECRET));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .startsWith("{\"event\":\"" + event.name() + "\",\"bound\":[{\"fileId\":\"f-1\"")
                    .contains("\"total\":12.5");
        }
    }

    @Test
    void answersTextThatHasNoUtf8FormWithEscapes() throws Exception {
        SignedDelivery delivery = ExtractaEvents.of("classification.processed")
                .withWholeResult(Map.of("half", "\uD83D"))
                .signedWith(EXTRACTA_SECRET);

        assertThat(send("/webhooks/extracta", delivery).body()).contains("{\"half\":\"\\uD83D\"}");
    }

    @Test
    void rejectsWhatIsNotGenuine() throws Exception {
        Forgeries.of(FormFlowEvents.extracted().identifiedBy("not genuine").signedWith(FORMFLOW_SECRETS))
                .assertRejectedBy(server.getURI().resolve("/webhooks/formflow"));
        Forgeries.of(ExtractaEvents.processed().signedWith(EXTRACTA_SECRET))
                .assertRejectedBy(server.getURI().resolve("/webhooks/extracta"));
    }

    @Test
    void answersMicronautsOwnClient() throws Exception {
        SignedDelivery delivery =
                FormFlowEvents.export().identifiedBy("own client").signedWith("export-secret");
        try (var client = io.micronaut.http.client.HttpClient.create(server.getURL())) {
            var response = client.toBlocking().exchange(delivery("/webhooks/formflow", delivery), String.class);

            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body()).startsWith("{\"event\":\"export\"");
        }
    }

    private static HttpResponse<String> send(String path, SignedDelivery delivery) throws Exception {
        return CLIENT.send(delivery.toHttpRequest(server.getURI().resolve(path)), HttpResponse.BodyHandlers.ofString());
    }
}
