package dev.hookseal.delivery;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.EXTRACTA_SECRET;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.hookseal.Reception;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.WebhookRequest;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowProvider;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the log tells of deliveries, and what it must not tell. */
class LoggingObserverTest {
    private static final String LOGGER = "dev.hookseal.deliveries";

    @Test
    void tellsARefusalWithItsReasonAtInfo() {
        String forged = "0".repeat(64);
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        try (CapturedLog log = CapturedLog.of("dev.hookseal")) {
            formFlow(Requests.post(FormFlowProvider.SIGNATURE_HEADER, forged, body), 0);

            assertThat(log.messages(Level.INFO)).singleElement().asString().contains("formflow", "signature-mismatch");
            assertThat(String.join("\n", log.messages()))
                    .doesNotContain(FORMFLOW_SECRET, forged, Signer.formFlow(FORMFLOW_SECRET, body), "eventId");
        }
    }

    @Test
    void tellsOfAHandledDeliveryAtDebug() {
        WebhookRequest request = Deliveries.formFlow(FORMFLOW_BODY);
        try (CapturedLog log = CapturedLog.of("dev.hookseal")) {
            formFlow(request, 200);

            assertThat(log.messages(Level.INFO)).isEmpty();
            assertThat(log.messages(Level.DEBUG))
                    .singleElement()
                    .asString()
                    .contains("HANDLED", "extracted", "formflow:extracted:123e4567-e89b-12d3-a456-426614174000")
                    .doesNotContain("submissionId", "426614174001", FORMFLOW_SECRET)
                    .doesNotContain(
                            HexFormat.of().formatHex(Signer.hmac(FORMFLOW_SECRET, FORMFLOW_BODY.getBytes(UTF_8))));
        }
    }

    @Test
    void tellsOfAFailedHandlerAtInfo() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(FORMFLOW_BODY), 500);

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("extracted", "formflow:extracted:123e4567");
        }
    }

    @Test
    void letsNoEventNameBeginALineOrColourIt() {
        String body = Deliveries.formFlowBody("a\\r\\nINFO forged \\u001b[31m\\u2028\u00e9", "2023-10-28T12:00:00Z");
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(body), 200);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .matches("[ -~]+")
                    .doesNotContain("INFO forged");
        }
    }

    @Test
    void letsNoEventIdBeginALine() {
        String body = FORMFLOW_BODY.replace("123e4567", "x\\nINFO forged");
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(body), 500);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .matches("[ -~]+")
                    .doesNotContain("forged");
        }
    }

    @Test
    void cutsALongEventName() {
        String body = Deliveries.formFlowBody("n".repeat(100_000), "2023-10-28T12:00:00Z");
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(body), 200);

            assertThat(log.messages()).singleElement().asString().hasSizeLessThan(500);
        }
    }

    @Test
    void tellsNothingOfAnExtractaResult() {
        WebhookReceiver<?> receiver = WebhookReceiver.of(
                new ExtractaProvider(), Deliveries.extractaSettings().build());
        WebhookRequest genuine =
                Deliveries.extracta(Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT), EXTRACTA_RESULT);
        WebhookRequest unexpected = Deliveries.extracta(
                Deliveries.extractaBody("extraction.processed", "\"personal data\""), "\"personal data\"");
        try (CapturedLog log = CapturedLog.of("dev.hookseal")) {
            settle(receiver.receive(genuine), 200);
            settle(receiver.receive(unexpected), 200);

            assertThat(log.messages()).hasSize(2);
            assertThat(String.join("\n", log.messages()))
                    .contains("payload-unexpected")
                    .doesNotContain("Zo\u00eb", "fileName", "personal", EXTRACTA_SECRET, "3q2Lr9vXw8");
        }
    }

    private static void formFlow(WebhookRequest request, int status) {
        settle(
                WebhookReceiver.of(
                                new FormFlowProvider(),
                                Deliveries.formFlowSettings().build())
                        .receive(request),
                status);
    }

    private static void settle(Reception<?> reception, int status) {
        if (reception instanceof Reception.Admitted<?> admitted) {
            admitted.handling().answered(status);
        }
    }
}
