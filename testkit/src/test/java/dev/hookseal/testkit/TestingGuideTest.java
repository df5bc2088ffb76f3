package dev.hookseal.testkit;

import static dev.hookseal.testkit.spring.WebhookRequestPostProcessors.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.acme.AcmeEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtractaEvent;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The examples of docs/testing.md, which quotes them word for word. */
class TestingGuideTest {
    private static final String SECRET = "whsec-test";

    private final Clock clock = Clock.fixed(Instant.parse("2023-10-28T12:00:00Z"), ZoneOffset.UTC);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Orders orders = new Orders();
    private final WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.of(
            new FormFlowProvider(),
            EndpointSettings.builder("formflow")
                    .secret(SigningSecret.ofUtf8(SECRET))
                    .build());
    private final MockMvc mockMvc =
            MockMvcBuilders.standaloneSetup(new Controller()).build();
    private HttpServer server;
    private URI endpoint;

    /** The application under test. */
    private static final class Orders {
        private final List<String> submissions = new ArrayList<>();
        private boolean failing;

        void failNext() {
            failing = true;
        }

        void received(FormFlowEvent event) {
            if (failing) {
                failing = false;
                throw new IllegalStateException("as told");
            }
            submissions.add(event.submissionId());
        }
    }

    /** What an adapter does, in its shortest form. */
    private int answer(WebhookRequest request) {
        Decision<FormFlowEvent> decision = receiver.receive(request);
        if (decision instanceof Decision.Answered<FormFlowEvent> answered) {
            return answered.response().status();
        }
        AdmittedDelivery<FormFlowEvent> handling = ((Decision.Admitted<FormFlowEvent>) decision).delivery();
        int status;
        try {
            orders.received(handling.webhook().event());
            status = 204;
        } catch (IllegalStateException e) {
            status = 500;
        }
        handling.answered(status);
        return status;
    }

    @RestController
    final class Controller {
        @PostMapping("/webhooks/formflow")
        void received(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<String, List<String>> headers = Collections.list(request.getHeaderNames()).stream()
                    .collect(Collectors.toMap(name -> name, name -> Collections.list(request.getHeaders(name))));
            response.setStatus(answer(WebhookRequest.of(
                    request.getMethod(), headers, request.getInputStream().readAllBytes())));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks/formflow", exchange -> {
            WebhookRequest request = WebhookRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(answer(request), -1);
            exchange.close();
        });
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/formflow");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void genuineOverHttp() throws Exception {
        SignedDelivery genuine = FormFlowEvents.extracted().signedWith(SECRET);

        HttpResponse<Void> response = client.send(genuine.toHttpRequest(endpoint), BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(204);
    }

    @Test
    void genuineThroughMockMvc() throws Exception {
        SignedDelivery genuine = FormFlowEvents.extracted().signedWith(SECRET);

        mockMvc.perform(post("/webhooks/formflow").with(delivery(genuine))).andExpect(status().isNoContent());
    }

    @Test
    void changedEvents() {
        FakeFormFlowEvent failed =
                FormFlowEvents.errorExport().withSubmissionId("sub_789012").withTemplateId("tpl_345678");

        FakeExtractaEvent processed = ExtractaEvents.processed()
                .withFiles(
                        ExtractaEvents.file().withFileName("a.pdf").withResult(Map.of("total", 12.5)),
                        ExtractaEvents.file().withFileName("b.pdf").withResultJson("{\"total\": 7}"));

        FakeExtractaEvent announced =
                ExtractaEvents.of("classification.processed").withWholeResult(Map.of("documents", 3));

        assertThat(failed.event().submissionId()).isEqualTo("sub_789012");
        assertThat(processed.event().files()).hasSize(2);
        assertThat(announced.event().result().asMap()).containsEntry("documents", 3);
    }

    @Test
    void aHandlerAlone() {
        FormFlowEvent event =
                FormFlowEvents.extracted().withSubmissionId("sub_1").event();

        orders.received(event);

        assertThat(orders.submissions).containsExactly("sub_1");
    }

    @Test
    void eventsWithIdsOfTheirOwn() {
        List<FakeFormFlowEvent> events = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> FormFlowEvents.extracted().identifiedBy("OrdersTest " + number))
                .toList();

        assertThat(events).extracting(event -> event.event().eventId()).doesNotHaveDuplicates();
    }

    @Test
    void anotherClock() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().withClock(clock);

        assertThat(event.event().timestamp()).isEqualTo(clock.instant());
    }

    @Test
    void aSecretForEachEvent() {
        SecretSource secrets = SecretSource.byEventType(Map.of(
                "extracted", List.of(SigningSecret.ofUtf8("whsec-extracted")),
                "export", List.of(SigningSecret.ofUtf8("whsec-export"))));

        SignedDelivery genuine = FormFlowEvents.export().signedWith(secrets);
        SignedDelivery forged = genuine.forged(Forgery.SECRET_OF_ANOTHER_EVENT);

        assertThat(forged.headers()).isNotEqualTo(genuine.headers());
    }

    @Test
    void aForgery() throws Exception {
        SignedDelivery forged = FormFlowEvents.extracted().signedWith(SECRET).forged(Forgery.TAMPERED_BODY);

        HttpResponse<Void> response = client.send(forged.toHttpRequest(endpoint), BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void allForgeries() throws Exception {
        SignedDelivery genuine = FormFlowEvents.extracted().signedWith(SECRET);

        Forgeries.of(genuine).assertRejectedBy(endpoint);
    }

    @Test
    void allForgeriesThroughMockMvc() throws Exception {
        SignedDelivery genuine = FormFlowEvents.extracted().signedWith(SECRET);

        Forgeries.of(genuine)
                .assertRejectedBy(
                        forged -> mockMvc.perform(post("/webhooks/formflow").with(delivery(forged)))
                                .andReturn()
                                .getResponse()
                                .getStatus());
    }

    @Test
    void anotherWriter() {
        FakeExtractaEvent rewritten = ExtractaEvents.processed().writtenAs(JsonStyle.PRETTY_PRINTED);

        assertThat(rewritten.verified().signedForm()).isEqualTo(SignedForm.ECMASCRIPT);
    }

    @Test
    void makesAnEventOfAnyProvider() {
        SignedDelivery delivery =
                FakeEvent.sample("acme", "order.paid").withId("evt_7").signedWith(SECRET);

        AcmeEvent event =
                FakeEvent.sample("acme", "order.paid").as(AcmeEvent.class).event();

        assertThat(delivery.provider()).isEqualTo("acme");
        assertThat(event.type()).isEqualTo("order.paid");
    }

    @Test
    void handlesARedeliveryOfAFailureAndNoneOfASuccess() throws Exception {
        SignedDelivery delivery = FormFlowEvents.extracted().signedWith(SECRET);
        HttpRequest request = delivery.toHttpRequest(endpoint);

        orders.failNext();
        HttpResponse<Void> failed = client.send(request, BodyHandlers.discarding());
        HttpResponse<Void> redelivered = client.send(request, BodyHandlers.discarding());
        HttpResponse<Void> repeated = client.send(request, BodyHandlers.discarding());

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(redelivered.statusCode()).isEqualTo(204);
        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(orders.submissions).hasSize(1);
    }
}
