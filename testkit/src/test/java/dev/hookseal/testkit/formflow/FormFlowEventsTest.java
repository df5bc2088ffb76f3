package dev.hookseal.testkit.formflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormFlowEventsTest {
    private static final Instant NOON = Instant.parse("2023-10-28T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final String SECRET = "whsec-test";

    @Test
    void extractedIsTheExampleOfTheGuide() {
        assertThat(body(FormFlowEvents.extracted().withClock(CLOCK)))
                .isEqualTo(
                        "{\"eventId\":\"123e4567-e89b-12d3-a456-426614174000\",\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00.000Z\",\"submissionId\":\"123e4567-e89b-12d3-a456-426614174001\",\"templateId\":1}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void hasTheBytesThatJavaScriptWritesForEachType(FormFlowEventType type) {
        FakeFormFlowEvent event =
                FormFlowEvents.of(type).withClock(CLOCK).withEventId("123e4567-e89b-12d3-a456-426614174000");

        assertThat(event.body()).isEqualTo(Vectors.of("formflow").bodyOf("documented-" + type.wireName()));
    }

    @Test
    void canBeTheExampleOfTheApiReference() {
        FakeFormFlowEvent event = FormFlowEvents.of("export")
                .withClock(CLOCK)
                .withEventId("123e4567-e89b-12d3-a456-426614174000")
                .withSubmissionId("sub_789012")
                .withTemplateId("tpl_345678");

        assertThat(event.body()).isEqualTo(Vectors.of("formflow").bodyOf("documented-export-of-the-reference"));
    }

    @Test
    void namesEachOfTheSixEvents() {
        assertThat(List.of(
                        FormFlowEvents.extracted(),
                        FormFlowEvents.export(),
                        FormFlowEvents.validationSuccess(),
                        FormFlowEvents.errorExport(),
                        FormFlowEvents.errorProcessing(),
                        FormFlowEvents.errorPreProcessing()))
                .extracting(FakeFormFlowEvent::name)
                .containsExactly(
                        "extracted",
                        "export",
                        "validation-success",
                        "error-export",
                        "error-processing",
                        "error-pre-processing")
                .containsExactlyElementsOf(FormFlowEvents.documented().stream()
                        .map(FakeFormFlowEvent::name)
                        .toList());
    }

    @Test
    void givesEachTypeAnIdOfItsOwn() {
        assertThat(FormFlowEvents.documented())
                .extracting(event -> event.event().eventId())
                .doesNotHaveDuplicates();
    }

    @Test
    void isTheSameEachTime() {
        SignedDelivery first = FormFlowEvents.extracted().withClock(CLOCK).signedWith(SECRET);
        SignedDelivery second = FormFlowEvents.extracted().withClock(CLOCK).signedWith(SECRET);

        assertThat(second.headers()).isEqualTo(first.headers());
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void makesTheSameIdsOfTheSameSeedAndOthersOfAnother() {
        FormFlowEvent event = FormFlowEvents.extracted().identifiedBy("order 1").event();
        FormFlowEvent same = FormFlowEvents.extracted().identifiedBy("order 1").event();
        FormFlowEvent other = FormFlowEvents.extracted().identifiedBy("order 2").event();

        assertThat(same.eventId()).isEqualTo(event.eventId());
        assertThat(same.submissionId()).isEqualTo(event.submissionId());
        assertThat(List.of(event.eventId(), event.submissionId(), other.eventId(), other.submissionId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsOfNowUnlessToldOtherwise() {
        Instant before = Instant.now().minusMillis(1);
        Instant told = FormFlowEvents.extracted().event().timestamp();

        assertThat(told).isBetween(before, Instant.now());
    }

    @Test
    void changesEveryField() {
        FormFlowEvent event = FormFlowEvents.extracted()
                .withEventId("event 9")
                .withEventType("archived")
                .withTimestamp(Instant.parse("2024-02-29T23:59:59.987654Z"))
                .withSubmissionId("sub_789012")
                .withTemplateId("tpl_345678")
                .event();

        assertThat(event.eventId()).isEqualTo("event 9");
        assertThat(event.type()).isEqualTo(FormFlowEventType.UNKNOWN);
        assertThat(event.typeName()).isEqualTo("archived");
        assertThat(event.timestamp()).isEqualTo("2024-02-29T23:59:59.987Z");
        assertThat(event.submissionId()).isEqualTo("sub_789012");
        assertThat(event.templateId()).isEqualTo("tpl_345678");
    }

    @Test
    void leavesTheEventThatIsChangedAsItWas() {
        FakeFormFlowEvent event = FormFlowEvents.extracted();
        String before = body(event);

        event.withEventId("other").withTemplateId(2).without("submissionId").with("more", 1);

        assertThat(body(event)).isEqualTo(before);
    }

    @Test
    void keepsEveryDigitOfANumber() {
        assertThat(body(FormFlowEvents.extracted().withTemplateId(9007199254740993L)))
                .contains("\"templateId\":9007199254740993}");
    }

    @Test
    void addsMembersOfAnyKind() {
        FakeFormFlowEvent event = FormFlowEvents.extracted()
                .with("note", "Müller \"\u2028\uD83D")
                .with("data", Map.of("list", List.of(1, true)))
                .with("nothing", null);

        assertThat(body(event))
                .endsWith(",\"note\":\"Müller \\\"\u2028\\ud83d\",\"data\":{\"list\":[1,true]},\"nothing\":null}");
    }

    @Test
    void leavesMembersOut() {
        FormFlowEvent event = FormFlowEvents.extracted()
                .without("submissionId")
                .without("templateId")
                .event();

        assertThat(event.submissionId()).isNull();
        assertThat(event.templateId()).isNull();
    }

    @Test
    void takesTheHeadersTimeFromTheClockWhenItSigns() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().withClock(CLOCK).withTimestamp(NOON.minusSeconds(3));

        assertThat(event.signedWith(SECRET).headers().get("X-Webhook-Timestamp"))
                .containsExactly("2023-10-28T12:00:00.000Z");
    }

    @Test
    void givesAVerifiedEventWithItsUnsignedTime() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().withClock(CLOCK).withTimestamp(NOON);

        assertThat(event.verified().unsignedHeaders())
                .containsEntry("X-Webhook-Timestamp", List.of("2023-10-28T12:00:00.000Z"));
    }

    @Test
    void givesAVerifiedEventHoweverOldItIs() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(9999));

        assertThat(FormFlowEvents.export().withTimestamp(longAgo).verified().endpoint())
                .isEqualTo("formflow");
    }

    @Test
    void saysWhyAReceiverWouldRejectTheEvent() {
        FakeFormFlowEvent event = FormFlowEvents.extracted().without("eventId");

        assertThatIllegalStateException().isThrownBy(event::event).withMessageContaining("payload-unexpected");
    }

    @Test
    void rejectsUnknownAsATypeWithoutAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormFlowEvents.of(FormFlowEventType.UNKNOWN))
                .withMessageContaining("withEventType(\"archived\")");
    }

    @Test
    void rejectsAValueThatIsNoJson() {
        FakeFormFlowEvent event = FormFlowEvents.extracted();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.with("thread", new Object()))
                .withMessageContaining("cannot be written as JSON")
                .withMessageContaining("java.lang.Object");
    }

    private static String body(FakeFormFlowEvent event) {
        return new String(event.body(), StandardCharsets.UTF_8);
    }
}
