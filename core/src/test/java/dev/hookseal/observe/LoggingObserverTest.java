package dev.hookseal.observe;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.EXTRACTA_SECRET;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import java.io.EOFException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What the log tells of deliveries, and what it must not tell. */
class LoggingObserverTest {
    private static final String LOGGER = "dev.hookseal.deliveries";

    @Test
    void tellsARejectionWithItsReasonAtInfo() {
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
    void saysHowToFindTheCauseOfAMismatchOncePerEndpointAndHour() {
        MovedClock clock = new MovedClock(Instant.parse("2023-10-28T12:00:00Z"));
        LoggingObserver observer = new LoggingObserver(clock);
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            for (String endpoint : List.of("one", "other", "one")) {
                observer.observe(rejection(endpoint, RejectionReason.SIGNATURE_MISMATCH));
            }
            observer.observe(rejection("third", RejectionReason.SIGNATURE_MISSING));
            clock.advance(Duration.ofMinutes(59));
            observer.observe(rejection("one", RejectionReason.SIGNATURE_MISMATCH));

            assertThat(log.messages(Level.WARN))
                    .satisfiesExactly(
                            one -> assertThat(one).contains("at one ", "hookseal.rejected.keep", "explain"),
                            other -> assertThat(other).contains("at other "));
            assertThat(log.messages(Level.INFO)).hasSize(5);

            clock.advance(Duration.ofMinutes(1));
            observer.observe(rejection("one", RejectionReason.SIGNATURE_MISMATCH));
            assertThat(log.messages(Level.WARN)).hasSize(3);
        }
    }

    private static DeliveryOutcome rejection(String endpoint, RejectionReason reason) {
        return new DeliveryOutcome.Rejected(endpoint, new FormFlowProvider(), Duration.ZERO, reason, null, null);
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
    void warnsOfAFailedHandlerWithItsStatus() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(FORMFLOW_BODY), 404);

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("failed", "status 404", "extracted", "formflow:extracted:123e4567");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void warnsOfAFailedHandlerWithTheClassOfItsException() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            handling().answered(500, new EOFException("holds personal data"));

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("failed", "status 500", "java.io.EOFException")
                    .doesNotContain("personal");
        }
    }

    @Test
    void warnsOfAFailureThatTheApplicationAcknowledged() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            handling().answered(200, new IllegalStateException());

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("acknowledged", "status 200", "java.lang.IllegalStateException");
        }
    }

    @Test
    void warnsOfAHandlerThatStillWorksAfterItsTimeOut() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            AdmittedDelivery<?> handling = handling();
            handling.timedOut(503);

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("still works", "status 503", "409");
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, false", "4001, true", "60000, true"})
    void warnsOfAHandlerThatTakesMoreThanFourFifthsOfTheProvidersDeadline(long millis, boolean warned) {
        DeliveryOutcome outcome = new DeliveryOutcome.Handled(
                "formflow",
                new FormFlowProvider(),
                Duration.ZERO,
                new GenuineDelivery("extracted", null, 0, SignedForm.RAW, Set.of()),
                new HandlerResult(Duration.ofMillis(millis), 200, null));
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            new LoggingObserver().observe(outcome);

            assertThat(log.messages(Level.WARN))
                    .hasSize(warned ? 1 : 0)
                    .allSatisfy(line -> assertThat(line).contains("at formflow took " + millis + " ms", "5000 ms"));
        }
    }

    @Test
    void namesTheHeaderOfABodyThatIsEncoded() {
        WebhookRequest gzip =
                Requests.post(List.of(new Header("Content-Encoding", "gzip")), FORMFLOW_BODY.getBytes(UTF_8));
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(gzip, 200);

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("content-encoded", "Content-Encoding");
        }
    }

    private static AdmittedDelivery<?> handling() {
        WebhookReceiver<?> receiver = WebhookReceiver.of(
                new FormFlowProvider(), Deliveries.formFlowSettings().build());
        return ((Decision.Admitted<?>) receiver.receive(Deliveries.formFlow(FORMFLOW_BODY))).delivery();
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

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "yesterday", ""})
    void namesTheDeliveryThatIsRejectedThoughItsSignatureHolds(String timestamp) {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(Deliveries.formFlowBody("extracted", timestamp)), 200);

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .startsWith("Rejected a delivery at formflow: ")
                    .contains(", delivery formflow:extracted:123e4567-e89b-12d3-a456-426614174000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"})
    void namesTheDeliveryThatIsRejectedForItsTimeHeader(String time) {
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, body)));
        if (!time.isEmpty()) {
            headers.add(new Header(FormFlowProvider.TIMESTAMP_HEADER, time));
        }
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            tolerantFormFlow().receive(Requests.post(headers, body));

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("timestamp-", "formflow:extracted:123e4567-e89b-12d3-a456-426614174000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00Z\"}",
                "{\"eventId\":\"1\",\"timestamp\":\"2023-10-28T12:00:00Z\"}",
                "{\"eventId\":true,\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00Z\"}",
                "{\"eventId\":\"1\",\"eventType\":\"export\",\"eventType\":\"extracted\"}",
                "[\"1\"]",
                "not JSON"
            })
    void namesNoDeliveryWhereTheBodyDoesNotSayWhichItIs(String body) {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(body), 200);

            assertThat(log.messages(Level.INFO)).singleElement().asString().matches("[^,]+: payload-[a-z]+");
        }
    }

    @Test
    void namesADocumentedEventWithoutASecretAndNothingElseThatTheSenderSays() {
        WebhookReceiver<?> receiver = WebhookReceiver.of(
                new FormFlowProvider(),
                EndpointSettings.builder("formflow")
                        .clock(Deliveries.CLOCK)
                        .secrets(SecretSource.byEventType(
                                Map.of("extracted", List.of(SigningSecret.ofUtf8(FORMFLOW_SECRET)))))
                        .build());
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            receiver.receive(Deliveries.formFlow(Deliveries.formFlowBody("export", "2023-10-28T12:00:00Z")));
            receiver.receive(Deliveries.formFlow(Deliveries.formFlowBody("invented", "2023-10-28T12:00:00Z")));

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Rejected a delivery at formflow: secret-missing (for event export: set"
                                    + " hookseal.endpoints.formflow.secrets.export)",
                            "Rejected a delivery at formflow: secret-missing (for an event that formflow does not"
                                    + " document)");
        }
    }

    @Test
    void saysThatTheAgeOfAnEventIsARuleOfHookseal() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Deliveries.formFlow(Deliveries.formFlowBody("extracted", "2020-01-01T00:00:00Z")), 200);

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("the signature is valid", "2020-01-01T00:00:00Z", "rule of Hookseal")
                    .contains("hookseal.endpoints.formflow.replay-window is PT72H", "hookseal send");
        }
    }

    @Test
    void namesTheToleranceThatATimeHeaderIsOutsideOf() {
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            settle(tolerantFormFlow().receive(Deliveries.formFlow(FORMFLOW_BODY)), 200);

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("timestamp-missing", "hookseal.endpoints.formflow.tolerance is PT5M");
        }
    }

    // or anybody could have the log tell of deliveries that never were
    @Test
    void namesNoDeliveryWhoseSignatureDoesNotHold() {
        byte[] old =
                Deliveries.formFlowBody("extracted", "2020-01-01T00:00:00Z").getBytes(UTF_8);
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            formFlow(Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), old), 200);

            assertThat(log.messages(Level.INFO)).containsExactly("Rejected a delivery at formflow: signature-mismatch");
            assertThat(log.messages()).noneMatch(line -> line.contains("123e4567"));
        }
    }

    @Test
    void letsNoMethodBeginALine() {
        try (CapturedLog log = CapturedLog.of("dev.hookseal")) {
            formFlow(Requests.request("GET\r\nINFO forged", List.of(), new byte[0]), 200);

            assertThat(log.messages(Level.INFO)).containsExactly("Rejected a delivery at formflow: method-not-allowed");
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

            assertThat(log.messages()).hasSize(3);
            assertThat(String.join("\n", log.messages()))
                    .doesNotContain("Zo\u00eb", "fileName", "personal", EXTRACTA_SECRET, "3q2Lr9vXw8");
        }
    }

    @Test
    void warnsOnceOfAMemberOfAnotherKindAndNotOfItsValue() {
        WebhookReceiver<?> receiver = WebhookReceiver.of(
                new ExtractaProvider(), Deliveries.extractaSettings().build());
        String result = "[{\"fileName\":{\"personal\":1},\"secret name\":true},{\"fileName\":[\"personal\"]}]";
        try (CapturedLog log = CapturedLog.of(LOGGER)) {
            for (int i = 0; i < 3; i++) {
                settle(
                        receiver.receive(
                                Deliveries.extracta(Deliveries.extractaBody("extraction.edited", result), result)),
                        200);
            }
            settle(
                    receiver.receive(Deliveries.extracta(Deliveries.extractaBody("extraction.edited", "{}"), "{}")),
                    200);

            assertThat(log.messages(Level.WARN))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("at extracta has result[].fileName of another kind"),
                            line -> assertThat(line).contains("at extracta has result of another kind"));
            assertThat(log.messages()).noneMatch(line -> line.contains("personal") || line.contains("secret"));
        }
    }

    private static WebhookReceiver<?> tolerantFormFlow() {
        return WebhookReceiver.of(
                new FormFlowProvider(),
                Deliveries.formFlowSettings().tolerance(Duration.ofMinutes(5)).build());
    }

    private static void formFlow(WebhookRequest request, int status) {
        settle(
                WebhookReceiver.of(
                                new FormFlowProvider(),
                                Deliveries.formFlowSettings().build())
                        .receive(request),
                status);
    }

    private static void settle(Decision<?> decision, int status) {
        if (decision instanceof Decision.Admitted<?> admitted) {
            admitted.delivery().answered(status);
        }
    }
}
