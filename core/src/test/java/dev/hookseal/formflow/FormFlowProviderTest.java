package dev.hookseal.formflow;

import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static dev.hookseal.fixture.Deliveries.NOW;
import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.EVENT_TOO_FAR_AHEAD;
import static dev.hookseal.request.RejectionReason.EVENT_TOO_OLD;
import static dev.hookseal.request.RejectionReason.PAYLOAD_MALFORMED;
import static dev.hookseal.request.RejectionReason.PAYLOAD_UNEXPECTED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_MALFORMED;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_MISSING;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_TOO_FAR_AHEAD;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_TOO_OLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.fixture.Signer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFlowProviderTest {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final FormFlowProvider provider = new FormFlowProvider();

    @Test
    void rejectsARepeatWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookVerifier.of(
                        provider, settings().repeatWindow(Duration.ofMinutes(1)).build()))
                .withMessageContaining("hookseal.endpoints.formflow.repeat-window");
    }

    @Test
    void rejectsSettingsOutOfRange() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(3651))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().tolerance(wrong))
                    .withMessageContaining("hookseal.endpoints.formflow.tolerance");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().replayWindow(wrong))
                    .withMessageContaining("hookseal.endpoints.formflow.replay-window");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().repeatWindow(wrong))
                    .withMessageContaining("hookseal.endpoints.formflow.repeat-window");
        }
        for (int wrong : new int[] {Integer.MIN_VALUE, -1, 0, (1 << 28) + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().maxBodyBytes(wrong))
                    .withMessageContaining("hookseal.endpoints.formflow.max-body-size");
        }
    }

    @Test
    void rejectsAnEndpointWithoutASecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointSettings.builder("formflow").build())
                .withMessageContaining("no secret for endpoint formflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a.b", "a b", "-a", "_a", "a/b", "a:b", "\u00e9", "a\n"})
    void rejectsAnEndpointNameThatWouldNeedEscapes(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> EndpointSettings.builder(name));
    }

    @Test
    void passesOverTheTimeHeaderUnlessAToleranceIsSet() throws Exception {
        for (String time : List.of("1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "yesterday")) {
            assertThat(verifier().verify(request(FORMFLOW_BODY, time)).event()).isNotNull();
        }
        assertThat(verifier().verify(request(FORMFLOW_BODY)).event()).isNotNull();
    }

    @Test
    void takesATimeHeaderExactlyAtTheTolerance() throws Exception {
        for (Instant time : List.of(NOW, NOW.minus(TOLERANCE), NOW.plus(TOLERANCE))) {
            assertThat(tolerant()
                            .verify(request(FORMFLOW_BODY, time.toString()))
                            .event())
                    .isNotNull();
        }
    }

    @Test
    void rejectsATimeHeaderBeyondTheTolerance() {
        assertRejected(
                tolerant(),
                request(FORMFLOW_BODY, NOW.minus(TOLERANCE).minus(MOMENT).toString()),
                TIMESTAMP_TOO_OLD);
        assertRejected(
                tolerant(),
                request(FORMFLOW_BODY, NOW.plus(TOLERANCE).plus(MOMENT).toString()),
                TIMESTAMP_TOO_FAR_AHEAD);
    }

    @Test
    void rejectsATimeHeaderThatIsNoTimeOrStandsTwice() {
        assertRejected(tolerant(), request(FORMFLOW_BODY), TIMESTAMP_MISSING);
        for (String wrong : List.of("", " ", "now", "1698494401", "2023-10-28", "2023-10-28T12:00:01", "\u0662")) {
            assertRejected(tolerant(), request(FORMFLOW_BODY, wrong), TIMESTAMP_MALFORMED);
        }
        assertRejected(tolerant(), request(FORMFLOW_BODY, NOW.toString(), NOW.toString()), TIMESTAMP_MALFORMED);
    }

    @Test
    void takesAnEventExactlyAtTheEndsOfTheReplayWindow() throws Exception {
        for (Instant time : List.of(NOW.minus(WINDOW), NOW.plus(AHEAD))) {
            assertThat(windowed().verify(at(time)).event().timestamp()).isEqualTo(time);
        }
    }

    @Test
    void rejectsAnEventBeyondTheReplayWindow() {
        assertRejected(windowed(), at(NOW.minus(WINDOW).minus(MOMENT)), EVENT_TOO_OLD);
        assertRejected(windowed(), at(NOW.plus(AHEAD).plus(MOMENT)), EVENT_TOO_FAR_AHEAD);
    }

    @Test
    void hasAReplayWindowOfThreeDaysUnlessItIsSet() throws Exception {
        Duration threeDays = Duration.ofDays(3);

        assertThat(verifier().verify(at(NOW.minus(threeDays))).event()).isNotNull();
        assertRejected(verifier(), at(NOW.minus(threeDays).minus(MOMENT)), EVENT_TOO_OLD);
    }

    @Test
    void rejectsTheFarthestTimesThatThereAre() {
        assertRejected(verifier(), at(Instant.MIN), EVENT_TOO_OLD);
        assertRejected(verifier(), at(Instant.MAX), EVENT_TOO_FAR_AHEAD);
        assertRejected(tolerant(), request(FORMFLOW_BODY, Instant.MIN.toString()), TIMESTAMP_TOO_OLD);
        assertRejected(tolerant(), request(FORMFLOW_BODY, Instant.MAX.toString()), TIMESTAMP_TOO_FAR_AHEAD);
    }

    // An event from 5 minutes ahead is taken until its time is a window ago.
    @Test
    void remembersIdsForLongerThanAReplayIsTaken() throws Exception {
        assertThat(windowed().verify(at(NOW.plus(AHEAD))).deliveryKey()).satisfies(key -> {
            assertThat(key.value()).isEqualTo("formflow:extracted:123e4567-e89b-12d3-a456-426614174000");
            assertThat(key.retention()).isGreaterThan(WINDOW.plus(AHEAD));
        });
    }

    @Test
    void tellsEventsOfOneIdAndTwoTypesApart() throws Exception {
        String time = "2023-10-28T12:00:00Z";

        assertThat(verifier()
                        .verify(Deliveries.formFlow(Deliveries.formFlowBody("export", time)))
                        .deliveryKey())
                .isNotEqualTo(verifier()
                        .verify(Deliveries.formFlow(Deliveries.formFlowBody("extracted", time)))
                        .deliveryKey());
    }

    @Test
    void checksTheSignatureBeforeTheBodyWhereOneSecretIsForEveryEvent() {
        assertRejected(verifier(), forged("not JSON"), SIGNATURE_MISMATCH);
        assertRejected(verifier(), Deliveries.formFlow("not JSON"), PAYLOAD_MALFORMED);
        assertRejected(verifier(), Deliveries.formFlow("[1]"), PAYLOAD_UNEXPECTED);
        assertRejected(
                verifier(), Requests.post(FormFlowProvider.SIGNATURE_HEADER, "?", new byte[0]), SIGNATURE_MALFORMED);
    }

    @Test
    void checksTheTimeHeaderBeforeTheEventsAge() {
        WebhookVerifier<FormFlowEvent> both = WebhookVerifier.of(
                provider, settings().tolerance(TOLERANCE).replayWindow(WINDOW).build());
        String old = Deliveries.formFlowBody("extracted", "2020-01-01T00:00:00Z");

        assertRejected(both, request(old, "2020-01-01T00:00:00Z"), TIMESTAMP_TOO_OLD);
        assertRejected(both, request(old, NOW.toString()), EVENT_TOO_OLD);
        assertRejected(both, request("[]", "2020-01-01T00:00:00Z"), PAYLOAD_UNEXPECTED);
    }

    @ParameterizedTest
    @EnumSource(value = FormFlowEventType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void knowsItsDocumentedEvents(FormFlowEventType type) throws Exception {
        FormFlowEvent event = verified(Deliveries.formFlowBody(type.wireName(), "2023-10-28T12:00:00Z"));

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.typeName()).isEqualTo(type.wireName());
        assertThat(provider.eventNames()).hasSize(6).contains(type.wireName());
        assertThat(provider.supportsEvent(type.wireName())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"archived", "Extracted", "extracted ", "UNKNOWN", "\u65e5\u672c"})
    void keepsTheNameOfAnUnknownEvent(String name) throws Exception {
        FormFlowEvent event = verified(Deliveries.formFlowBody(name, "2023-10-28T12:00:00Z"));

        assertThat(event.type()).isEqualTo(FormFlowEventType.UNKNOWN);
        assertThat(event.typeName()).isEqualTo(name);
        assertThat(provider.supportsEvent(name)).isFalse();
    }

    @Test
    void knowsADocumentedEventThatIsSpeltWithEscapes() throws Exception {
        FormFlowEvent event = verified(
                "{\"eventId\":\"1\",\"eventType\":\"\\u0065xport\"," + "\"timestamp\":\"2023-10-28T12:00:00Z\"}");

        assertThat(event.type()).isEqualTo(FormFlowEventType.EXPORT);
        assertThat(event.typeName()).isEqualTo("export");
    }

    @Test
    void readsIdentifiersThatAreNumbersAsTheirText() throws Exception {
        FormFlowEvent event = verified("{\"eventId\":9007199254740993,\"eventType\":\"export\","
                + "\"timestamp\":\"2023-10-28T12:00:00Z\",\"submissionId\":1.0,\"templateId\":-0}");

        assertThat(event.eventId()).isEqualTo("9007199254740993");
        assertThat(event.submissionId()).isEqualTo("1.0");
        assertThat(event.templateId()).isEqualTo("-0");
    }

    @Test
    void takesMembersThatAreAbsentOrNullOrUnknown() throws Exception {
        FormFlowEvent event = verified("{\"eventId\":\"1\",\"eventType\":\"export\",\"extra\":{\"a\":[1]},"
                + "\"timestamp\":\"2023-10-28T12:00:00Z\",\"templateId\":null}");

        assertThat(event.submissionId()).isNull();
        assertThat(event.templateId()).isNull();
    }

    @Test
    void givesEveryDocumentedMember() throws Exception {
        FormFlowEvent event = verified(FORMFLOW_BODY);

        assertThat(event.eventId()).isEqualTo("123e4567-e89b-12d3-a456-426614174000");
        assertThat(event.type()).isEqualTo(FormFlowEventType.EXTRACTED);
        assertThat(event.typeName()).isEqualTo("extracted");
        assertThat(event.timestamp()).isEqualTo("2023-10-28T12:00:00Z");
        assertThat(event.submissionId()).isEqualTo("123e4567-e89b-12d3-a456-426614174001");
        assertThat(event.templateId()).isEqualTo("1");
        assertThat(event.toJson().json()).isEqualTo(FORMFLOW_BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "true", "false", "[\"x\"]"})
    void takesAnIdentifierOfAnotherKindForAnAbsentOne(String value) throws Exception {
        for (String member : List.of("submissionId", "templateId")) {
            VerifiedWebhook<FormFlowEvent> webhook = verifier()
                    .verify(Deliveries.formFlow("{\"eventId\":\"1\",\"eventType\":\"export\","
                            + "\"timestamp\":\"2023-10-28T12:00:00Z\",\"" + member + "\":" + value + "}"));

            assertThat(webhook.event().submissionId()).isNull();
            assertThat(webhook.event().templateId()).isNull();
            assertThat(webhook.event().toJson().asMap()).containsKey(member);
            assertThat(webhook.unexpectedMembers()).containsExactly(member);
        }
    }

    @Test
    void takesTheLastOfAMemberThatComesTwiceWhateverTheFirstIs() throws Exception {
        VerifiedWebhook<FormFlowEvent> webhook = verifier()
                .verify(Deliveries.formFlow(
                        "{\"eventId\":{},\"timestamp\":1,\"templateId\":[]," + FORMFLOW_BODY.substring(1)));

        assertThat(webhook.event()).isEqualTo(verified(FORMFLOW_BODY));
        assertThat(webhook.unexpectedMembers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventId", "eventType", "timestamp"})
    void rejectsWhatCannotBeAnEvent(String member) {
        for (String value : List.of("{}", "[]", "true", "null", "\"\"")) {
            String body = FORMFLOW_BODY.replaceFirst("(\"" + member + "\"):\"[^\"]*\"", "$1:" + value);

            assertThat(body).isNotEqualTo(FORMFLOW_BODY);
            assertRejected(verifier(), Deliveries.formFlow(body), PAYLOAD_UNEXPECTED);
        }
    }

    @Test
    void hasEqualEventsWhereTheMembersAre() throws Exception {
        FormFlowEvent event = verified(FORMFLOW_BODY);

        assertThat(verified(FORMFLOW_BODY.replace(",", ", "))).isEqualTo(event).hasSameHashCodeAs(event);
        for (String other : List.of(
                FORMFLOW_BODY.replace("4000\"", "4009\""),
                FORMFLOW_BODY.replace("extracted", "export"),
                FORMFLOW_BODY.replace("12:00:00", "12:00:01"),
                FORMFLOW_BODY.replace("4001\"", "4009\""),
                FORMFLOW_BODY.replace("templateId\":1", "templateId\":2"))) {
            assertThat(verified(other)).isNotEqualTo(event);
        }
    }

    private FormFlowEvent verified(String body) throws Exception {
        return verifier().verify(Deliveries.formFlow(body)).event();
    }

    private static EndpointSettings.Builder settings() {
        return Deliveries.formFlowSettings();
    }

    private WebhookVerifier<FormFlowEvent> verifier() {
        return WebhookVerifier.of(provider, settings().build());
    }

    private WebhookVerifier<FormFlowEvent> tolerant() {
        return WebhookVerifier.of(provider, settings().tolerance(TOLERANCE).build());
    }

    private WebhookVerifier<FormFlowEvent> windowed() {
        return WebhookVerifier.of(provider, settings().replayWindow(WINDOW).build());
    }

    private static WebhookRequest at(Instant time) {
        return Deliveries.formFlow(Deliveries.formFlowBody("extracted", time.toString()));
    }

    private static WebhookRequest forged(String body) {
        return Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), body.getBytes(UTF_8));
    }

    private static WebhookRequest request(String body, String... times) {
        byte[] bytes = body.getBytes(UTF_8);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, bytes)));
        for (String time : times) {
            headers.add(new Header(FormFlowProvider.TIMESTAMP_HEADER, time));
        }
        return Requests.post(headers, bytes);
    }
}
