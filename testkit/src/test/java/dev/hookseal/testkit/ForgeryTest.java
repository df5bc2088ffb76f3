package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ForgeryTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("E_AI_K_test");
    private static final SecretSource ONE_SECRET = SecretSource.of(SECRET);
    private static final SecretSource SECRET_PER_EVENT = ReceivedAsGenuineTest.secretPerEvent();
    private static final Instant NOON = Instant.parse("2023-10-28T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final SignedDelivery FORM_FLOW =
            FormFlowEvents.extracted().withClock(CLOCK).signedWith(ONE_SECRET);
    private static final SignedDelivery FORM_FLOW_PER_EVENT =
            FormFlowEvents.extracted().withClock(CLOCK).signedWith(SECRET_PER_EVENT);
    private static final SignedDelivery EXTRACTA = ExtractaEvents.processed().signedWith(ONE_SECRET);

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, SIGNATURE_MISSING",
        "WRONG_SECRET, SIGNATURE_MISMATCH",
        "TAMPERED_BODY, SIGNATURE_MISMATCH",
        "TRUNCATED, SIGNATURE_MISMATCH",
        "REWRITTEN, SIGNATURE_MISMATCH",
        "DOUBLED_SIGNATURE, SIGNATURE_REPEATED",
        "STALE, EVENT_TOO_OLD",
        "FROM_THE_FUTURE, EVENT_TOO_FAR_AHEAD",
        "OVERSIZED, BODY_TOO_LARGE",
    })
    void isRejectedWithOneSecretForAllOfFormFlow(Forgery forgery, RejectionReason reason) {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(ONE_SECRET, CLOCK);

        assertThat(endpoint.receive(FORM_FLOW.forged(forgery))).isEqualTo(reason.tag());
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, SIGNATURE_MISSING",
        "WRONG_SECRET, SIGNATURE_MISMATCH",
        "SECRET_OF_ANOTHER_EVENT, SIGNATURE_MISMATCH",
        "TAMPERED_BODY, SIGNATURE_MISMATCH",
        "TRUNCATED, SIGNATURE_MISMATCH",
        "REWRITTEN, SIGNATURE_MISMATCH",
        "DOUBLED_SIGNATURE, SIGNATURE_REPEATED",
        "STALE, EVENT_TOO_OLD",
        "FROM_THE_FUTURE, EVENT_TOO_FAR_AHEAD",
        "OVERSIZED, BODY_TOO_LARGE",
    })
    void isRejectedWithASecretForEachEventOfFormFlow(Forgery forgery, RejectionReason reason) {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(SECRET_PER_EVENT, CLOCK);

        assertThat(endpoint.receive(FORM_FLOW_PER_EVENT.forged(forgery))).isEqualTo(reason.tag());
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, SIGNATURE_MISSING",
        "WRONG_SECRET, SIGNATURE_MISMATCH",
        "TAMPERED_BODY, SIGNATURE_MISMATCH",
        "TRUNCATED, PAYLOAD_MALFORMED",
        "DOUBLED_SIGNATURE, SIGNATURE_REPEATED",
        "OVERSIZED, BODY_TOO_LARGE",
    })
    void isRejectedForExtracta(Forgery forgery, RejectionReason reason) {
        TestEndpoint<?> endpoint = TestEndpoint.extracta(ONE_SECRET);

        assertThat(endpoint.receive(EXTRACTA.forged(forgery))).isEqualTo(reason.tag());
    }

    static List<SignedDelivery> deliveries() {
        return List.of(FORM_FLOW, FORM_FLOW_PER_EVENT, EXTRACTA);
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void changesOneByteOfTheBodyWhereItTampers(SignedDelivery genuine) {
        byte[] before = genuine.body();
        byte[] after = genuine.forged(Forgery.TAMPERED_BODY).body();

        assertThat(after).hasSameSizeAs(before);
        int first = Arrays.mismatch(before, after);
        assertThat(Arrays.mismatch(
                        Arrays.copyOfRange(before, first + 1, before.length),
                        Arrays.copyOfRange(after, first + 1, after.length)))
                .isEqualTo(-1);
    }

    @Test
    void leavesATamperedBodyOneThatFormFlowCouldHaveSent() {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(SECRET_PER_EVENT, CLOCK);
        SignedDelivery tampered = FORM_FLOW_PER_EVENT.forged(Forgery.TAMPERED_BODY);
        SigningSecret secret = SECRET_PER_EVENT.secretsFor("extracted").get(0);

        assertThat(endpoint.receive(SignedDelivery.of("formflow", tampered.body(), secret)))
                .isEqualTo("handled");
    }

    @ParameterizedTest
    @EnumSource
    void leavesATamperedBodyOneThatExtractaCouldHaveSent(JsonStyle style) {
        TestEndpoint<?> endpoint = TestEndpoint.extracta(ONE_SECRET);
        SignedDelivery tampered = ExtractaEvents.processed()
                .withFiles(ExtractaEvents.files(2))
                .writtenAs(style)
                .signedWith(SECRET)
                .forged(Forgery.TAMPERED_BODY);

        assertThat(endpoint.receive(tampered)).isEqualTo("signature-mismatch");
        assertThat(endpoint.receive(SignedDelivery.of("extracta", tampered.body(), SECRET)))
                .isEqualTo("handled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"7", "-7", "0", "[true, 10]", "{\"\\u0061\": [\"\", \"-\", \"a\"]}", "[1e400, 1.5, 2]"})
    void tampersWithWhateverAnUnknownEventHas(String result) {
        TestEndpoint<?> endpoint = TestEndpoint.extracta(ONE_SECRET);
        SignedDelivery genuine =
                ExtractaEvents.of("other.happened").withWholeResultJson(result).signedWith(SECRET);
        SignedDelivery tampered = genuine.forged(Forgery.TAMPERED_BODY);

        assertThat(endpoint.receive(genuine)).isEqualTo("handled");
        assertThat(endpoint.receive(tampered)).isEqualTo("signature-mismatch");
        assertThat(endpoint.receive(SignedDelivery.of("extracta", tampered.body(), SECRET)))
                .isEqualTo("handled");
    }

    @Test
    void saysThatThereIsNothingToTamperWith() {
        SignedDelivery empty =
                ExtractaEvents.of("other.happened").withWholeResultJson("[]").signedWith(SECRET);

        assertThat(Forgery.TAMPERED_BODY.appliesTo(empty)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> empty.forged(Forgery.TAMPERED_BODY))
                .withMessageContaining("tampered-body")
                .withMessageContaining("no text or number");
    }

    @Test
    void isStaleForTheLongestReplayWindow() {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(
                ONE_SECRET, settings -> settings.clock(CLOCK).replayWindow(Duration.ofDays(3650)));

        assertThat(endpoint.receive(FORM_FLOW.forged(Forgery.STALE))).isEqualTo("event-too-old");
    }

    @ParameterizedTest
    @CsvSource({"STALE, 2013-10-29T12:00:00Z", "FROM_THE_FUTURE, 2023-10-28T13:00:00Z"})
    void changesNothingButTheTimeWhereTheTimeIsWrong(Forgery forgery, Instant told) {
        SignedDelivery forged = FORM_FLOW.forged(forgery);

        assertThat(forged.headers().get("X-Webhook-Timestamp")).containsExactly("2023-10-28T12:00:00.000Z");
        assertThat(forged.body())
                .isEqualTo(FormFlowEvents.extracted().withTimestamp(told).body());
    }

    @Test
    void isTakenAgainstALimitThatIsLargeEnough() {
        TestEndpoint<?> formFlow = TestEndpoint.formFlow(
                ONE_SECRET, settings -> settings.clock(CLOCK).maxBodyBytes(1024 * 1024 + 1));
        TestEndpoint<?> extracta =
                TestEndpoint.extracta(ONE_SECRET, settings -> settings.maxBodyBytes(4 * 1024 * 1024 + 1));

        assertThat(formFlow.receive(FORM_FLOW.forged(Forgery.OVERSIZED))).isEqualTo("handled");
        assertThat(extracta.receive(EXTRACTA.forged(Forgery.OVERSIZED))).isEqualTo("handled");
    }

    @Test
    void isOversizedByOneByteForAnyLimit() {
        assertThat(FORM_FLOW.oversized(1000).body()).hasSize(1001);
    }

    @Test
    void rejectsALimitThatTheBodyIsAboveAlready() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FORM_FLOW.oversized(10))
                .withMessageContaining("limit of 10");
    }

    @Test
    void hasNoOtherEventsSecretWhereThereIsOneSecret() {
        assertThat(Forgery.SECRET_OF_ANOTHER_EVENT.appliesTo(FORM_FLOW)).isFalse();
        assertThat(Forgery.SECRET_OF_ANOTHER_EVENT.appliesTo(FORM_FLOW_PER_EVENT))
                .isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> FORM_FLOW.forged(Forgery.SECRET_OF_ANOTHER_EVENT))
                .withMessageContaining("SecretSource.byEventType");
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "FROM_THE_FUTURE"})
    void hasNoTimeToForgeForExtracta(Forgery forgery) {
        assertThat(forgery.appliesTo(EXTRACTA)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> EXTRACTA.forged(forgery))
                .withMessageContaining("no time that a receiver checks by default");
    }

    @Test
    void isTheSameJsonInOtherBytesWhereItIsRewritten() throws Exception {
        JsonMapper json = new JsonMapper();
        byte[] rewritten = FORM_FLOW.forged(Forgery.REWRITTEN).body();

        assertThat(rewritten).isNotEqualTo(FORM_FLOW.body());
        assertThat(json.readTree(rewritten)).isEqualTo(json.readTree(FORM_FLOW.body()));
        SignedDelivery pretty = SignedDelivery.of("formflow", rewritten, SECRET);
        assertThat(pretty.forged(Forgery.REWRITTEN).body()).isNotEqualTo(rewritten);
    }

    @Test
    void isNoForgeryOfExtractaToRewriteIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EXTRACTA.forged(Forgery.REWRITTEN))
                .withMessageContaining("it would stay genuine");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        SignedDelivery.of("formflow", new byte[] {'{'}, SECRET).forged(Forgery.REWRITTEN))
                .withMessageContaining("its body is not JSON");
    }

    @Test
    void leavesTheGenuineDeliveryAsItWas() {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(ONE_SECRET, CLOCK);
        Arrays.stream(Forgery.values())
                .filter(forgery -> forgery.appliesTo(FORM_FLOW))
                .forEach(FORM_FLOW::forged);

        assertThat(endpoint.receive(FORM_FLOW)).isEqualTo("handled");
    }

    @Test
    void hasALabelForTheCommandLine() {
        assertThat(Forgery.values())
                .extracting(Forgery::label)
                .containsExactly(
                        "unsigned",
                        "wrong-secret",
                        "secret-of-another-event",
                        "tampered-body",
                        "truncated",
                        "rewritten",
                        "doubled-signature",
                        "stale",
                        "from-the-future",
                        "oversized");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsLabel(Forgery forgery) {
        assertThat(Forgery.labelled(forgery.label())).isEqualTo(forgery);
    }

    @Test
    void namesAllLabelsWhereNoneIsFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Forgery.labelled("crooked"))
                .withMessageContaining("crooked")
                .withMessageContaining("tampered-body, truncated");
    }
}
