package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.acme.AcmeEvent;
import dev.hookseal.acme.AcmeKit;
import dev.hookseal.acme.AcmeProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the testkit does for a provider that none of its classes knows. */
class AnyProviderTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("whsec_test");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final SignedDelivery PAID =
            FakeEvent.sample("acme", "order.paid").at(NOON).signedWith(SECRET);

    private static TestEndpoint<AcmeEvent> endpoint(Instant now) {
        return TestEndpoint.of(
                new AcmeProvider(), settings -> settings.secret(SECRET).clock(Clock.fixed(now, ZoneOffset.UTC)));
    }

    static List<FakeSampleEvent<?>> samples() {
        return WebhookProviders.kits().stream()
                .flatMap(kit -> FakeEvent.samples(kit).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesEachSampleOfEachProviderAsGenuine(FakeSampleEvent<?> sample) {
        VerifiedWebhook<?> verified = sample.verified();

        assertThat(verified.eventName()).isEqualTo(sample.name());
        assertThat(verified.endpoint()).isEqualTo(sample.provider().name());
    }

    static Stream<SignedDelivery> deliveries() {
        return WebhookProviders.kits().stream()
                .map(kit -> FakeEvent.samples(kit)
                        .get(0)
                        .signedWith(kit.newSecret("any").signing()));
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void hasItsForgeriesRejectedByAReceiverOfEachProvider(SignedDelivery genuine) throws Exception {
        ProviderKit kit = genuine.kit();
        TestEndpoint<?> receiver = TestEndpoint.of(
                kit.provider(),
                settings -> settings.secret(
                        SigningSecret.ofUtf8(kit.newSecret("any").configured())));

        Forgeries.of(genuine).assertRejectedBy(receiver::status);
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, SIGNATURE_MISSING",
        "WRONG_SECRET, SIGNATURE_MISMATCH",
        "TAMPERED_BODY, SIGNATURE_MISMATCH",
        "TRUNCATED, SIGNATURE_MISMATCH",
        "REWRITTEN, SIGNATURE_MISMATCH",
        "DOUBLED_SIGNATURE, SIGNATURE_REPEATED",
        "STALE, TIMESTAMP_TOO_OLD",
        "FROM_THE_FUTURE, TIMESTAMP_TOO_FAR_AHEAD",
        "OVERSIZED, BODY_TOO_LARGE",
    })
    void isRejectedForTheReasonOfTheForgery(Forgery forgery, RejectionReason reason) {
        assertThat(endpoint(NOON).receive(PAID.forged(forgery))).isEqualTo(reason.tag());
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "FROM_THE_FUTURE"})
    void isOutsideOfTheLongestToleranceToo(Forgery forgery) {
        TestEndpoint<?> endpoint = TestEndpoint.of(
                new AcmeProvider(),
                settings -> settings.secret(SECRET)
                        .clock(Clock.fixed(NOON, ZoneOffset.UTC))
                        .tolerance(Duration.ofDays(1)));

        assertThat(endpoint.receive(PAID.forged(forgery))).startsWith("timestamp-too-");
        assertThat(PAID.forged(forgery).body()).isEqualTo(PAID.body());
    }

    @Test
    void isGenuineAtTheBoundaryOfTheTolerance() {
        assertThat(endpoint(NOON.plusSeconds(300)).receive(PAID)).isEqualTo("handled");
        assertThat(endpoint(NOON.plusSeconds(301)).receive(PAID)).isEqualTo("timestamp-too-old");
    }

    @Test
    void isSignedAgainWhereItIsDeliveredAgain() {
        Instant later = NOON.plus(Duration.ofHours(1));
        SignedDelivery redelivered = PAID.redeliveredAt(later);

        assertThat(redelivered.body()).isEqualTo(PAID.body());
        assertThat(endpoint(later).receive(redelivered)).isEqualTo("handled");
    }

    @Test
    void signsABodyOfItsOwn() {
        byte[] body = "{\"id\": \"evt_9\", \"type\": \"order.sent\"}".getBytes(StandardCharsets.UTF_8);
        SignedDelivery delivery = SignedDelivery.of(new AcmeKit(), body, SECRET);

        assertThat(delivery.provider()).isEqualTo("acme");
        assertThat(endpoint(Instant.now()).receive(delivery)).isEqualTo("handled");
    }

    @Test
    void isADuplicateUnlessItHasAnotherId() {
        TestEndpoint<AcmeEvent> endpoint = endpoint(NOON);
        FakeSampleEvent<?> event = FakeEvent.sample("acme", "order.paid").at(NOON);

        assertThat(endpoint.receive(event.signedWith(SECRET))).isEqualTo("handled");
        assertThat(endpoint.receive(event.signedWith(SECRET))).isEqualTo("duplicate");
        assertThat(endpoint.receive(event.withId("evt_2").signedWith(SECRET))).isEqualTo("handled");
        assertThat(endpoint.receive(event.identifiedBy("a").signedWith(SECRET))).isEqualTo("handled");
        assertThat(endpoint.receive(event.identifiedBy("a").signedWith(SECRET))).isEqualTo("duplicate");
    }

    @Test
    void givesAHandlerItsEvent() {
        AcmeEvent event = FakeEvent.sample("acme", "order.paid")
                .as(AcmeEvent.class)
                .withId("evt_7")
                .withName("order.lost")
                .event();

        assertThat(event).isEqualTo(new AcmeEvent("evt_7", "order.lost"));
    }

    @Test
    void saysOfWhichTypeItsEventsAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeEvent.sample("acme", "order.paid").as(FormFlowEvent.class))
                .withMessageContaining("AcmeEvent, and not of dev.hookseal.formflow.FormFlowEvent");
    }

    @Test
    void saysWhyAReceiverRejectsABody() {
        FakeSampleEvent<?> event = FakeEvent.sample("acme", "order.paid").withBody("{}");

        assertThatIllegalStateException().isThrownBy(event::verified).withMessageContaining("payload-unexpected");
    }

    @Test
    void listsTheSamplesAndTheProvidersThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeEvent.sample("acme", "order.lost"))
                .withMessageContaining("of acme there are order.paid, order.refunded");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeEvent.sample("emca", "order.paid"))
                .withMessageContaining("\"emca\"")
                .withMessageContaining("acme, extracta, formflow");
    }

    @Test
    void saysThatAForgeryDoesNotApply() {
        assertThat(Forgery.SECRET_OF_ANOTHER_EVENT.appliesTo(PAID)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> PAID.forged(Forgery.SECRET_OF_ANOTHER_EVENT))
                .withMessageContaining("cannot be forged to be secret-of-another-event");
    }

    @Test
    void isSignedWithTheSecretThatItsBodyNames() {
        SecretSource secrets = SecretSource.byEventType(Map.of(
                "extracted", List.of(SigningSecret.ofUtf8("one")),
                "export", List.of(SigningSecret.ofUtf8("two"))));
        FakeSampleEvent<?> export = FakeEvent.sample("formflow", "export");

        assertThat(export.signedWith(secrets).headers())
                .containsEntry(
                        "X-Webhook-Signature",
                        export.signedWith("two").headers().get("X-Webhook-Signature"));
        assertThat(export.signedWith(secrets)
                        .forged(Forgery.SECRET_OF_ANOTHER_EVENT)
                        .headers())
                .containsEntry(
                        "X-Webhook-Signature",
                        export.signedWith("one").headers().get("X-Webhook-Signature"));
    }
}
