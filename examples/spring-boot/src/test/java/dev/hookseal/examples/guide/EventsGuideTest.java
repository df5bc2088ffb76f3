package dev.hookseal.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The handlers of docs/events.md. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=classpath:application-guide.yml",
            "EXTRACTA_SECRET=E_AI_K_extracta-secret",
            "FORMFLOW_SECRET=formflow-secret",
            "FORMFLOW_SECRET_EXTRACTED=extracted-secret",
            "FORMFLOW_SECRET_EXPORT=export-secret",
        })
class EventsGuideTest {
    private static final String EXTRACTA_SECRET = "E_AI_K_extracta-secret";

    @LocalServerPort
    private int port;

    @Autowired
    private InvoicesController invoices;

    @Autowired
    private SubmissionsController submissions;

    @Autowired
    private SubscriptionsController subscriptions;

    private HttpResponse<String> send(String path, SignedDelivery delivery) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/webhooks/" + path);
        return HttpClient.newHttpClient().send(delivery.toHttpRequest(uri), BodyHandlers.ofString());
    }

    private static FakeFormFlowEvent of(String event, String id) {
        return FormFlowEvents.of(event).identifiedBy(id).withSubmissionId("sub_1");
    }

    @Test
    void readsTheFilesOfAnEventOfExtracta() throws Exception {
        SignedDelivery delivery = ExtractaEvents.processed()
                .withFiles(
                        ExtractaEvents.file()
                                .withFileId("f-1")
                                .withFileName("a.pdf")
                                .withResultJson("{\"total\":12.50,\"vat\":\"IT1\"}"),
                        ExtractaEvents.file().withFileId("f-2").withResultJson("{\"lines\":[]}"))
                .signedWith(EXTRACTA_SECRET);

        assertThat(send("extracta", delivery).statusCode()).isEqualTo(200);
        assertThat(invoices.invoices()).hasSize(2);
        assertThat(invoices.invoices().get(0).fileId()).isEqualTo("f-1");
        assertThat(invoices.invoices().get(0).fileName()).isEqualTo("a.pdf");
        assertThat(invoices.invoices().get(0).total()).isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(invoices.invoices().get(0).everything()).isEqualTo(Map.of("total", 12.5, "vat", "IT1"));
        assertThat(invoices.invoices().get(1).total()).isNull();
    }

    @Test
    void dispatchesByTheEventInOneHandler() throws Exception {
        for (String event : new String[] {"extracted", "validation-success", "error-export", "archived"}) {
            assertThat(send("formflow", of(event, "dispatched").signedWith("formflow-secret"))
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(submissions.log())
                .containsExactly("extracted sub_1", "exporting sub_1", "error-export sub_1", "unknown archived");
    }

    @Test
    void hasAnEndpointWithItsOwnSecretForEachEvent() throws Exception {
        SignedDelivery extracted = of("extracted", "subscribed").signedWith("extracted-secret");
        SignedDelivery export = of("export", "subscribed").signedWith("export-secret");

        assertThat(send("submissions/extracted", extracted).statusCode()).isEqualTo(200);
        assertThat(send("submissions/export", export).statusCode()).isEqualTo(200);
        assertThat(subscriptions.log()).containsExactlyInAnyOrder("extracted sub_1", "exported sub_1");

        assertThat(send("submissions/export", extracted).statusCode()).isEqualTo(401);
        assertThat(send("submissions/extracted", export).statusCode()).isEqualTo(401);
        assertThat(send("submissions/extracted", extracted).statusCode()).isEqualTo(200);
        assertThat(subscriptions.log()).hasSize(2);
    }

    @Test
    void ignoresAnotherEventAtTheEndpointOfOne() throws Exception {
        SignedDelivery other = of("error-export", "other").signedWith("export-secret");
        int before = subscriptions.log().size();

        assertThat(send("submissions/export", other).statusCode()).isEqualTo(200);
        assertThat(subscriptions.log()).hasSize(before);
    }

    @Test
    void givesABodyBesideTheEventThatTheSignatureDoesNotCover() throws Exception {
        SignedDelivery signed = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.file().withResultJson("{\"id\":9007199254740992}"))
                .signedWith(EXTRACTA_SECRET);
        String changed =
                new String(signed.body(), StandardCharsets.UTF_8).replace("9007199254740992", "9007199254740993");

        HttpResponse<String> response = send("bodies", signed.withBody(changed.getBytes(StandardCharsets.UTF_8)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("signed: ")
                                .contains("9007199254740992")
                                .doesNotContain("9007199254740993"),
                        line -> assertThat(line)
                                .startsWith("body: ")
                                .contains("9007199254740993")
                                .doesNotContain("9007199254740992"));
    }
}
