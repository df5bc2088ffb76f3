package dev.hookseal.testkit.formflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.fake.DeliveryAttempt;
import dev.hookseal.testkit.fake.DeliveryReport;
import dev.hookseal.testkit.fake.Receiver;
import dev.hookseal.testkit.fake.RetrySchedule;
import dev.hookseal.testkit.fake.SentDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeFormFlowTest {
    private static final FakeFormFlowEvent EXTRACTED = FormFlowEvents.extracted();

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeFormFlow formFlow = FakeFormFlow.builder()
            .clock(clock)
            .waiting(clock::advance)
            .redelivery(RetrySchedule.after(Duration.ofMinutes(1), Duration.ofHours(1)))
            .answerTimeout(Duration.ofSeconds(20))
            .start();
    private final SecretSource firstSecrets = type -> List.of(SigningSecret.ofUtf8(formFlow.firstSecret(type)));

    @AfterEach
    void stop() {
        formFlow.close();
    }

    private static Receiver<Void> answering(Integer... statuses) {
        Iterator<Integer> next = Arrays.asList(statuses).iterator();
        return Receiver.answering(request -> next.next());
    }

    @Test
    void deliversWhatAReceiverTakesForGenuine() {
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(firstSecrets, clock, event -> {})) {
            formFlow.subscribeToAll(receiver.url());

            FormFlowEvents.documented()
                    .forEach(event -> formFlow.deliver(event.withClock(clock)).assertAcknowledgedAtOnce());

            assertThat(receiver.handled())
                    .extracting(webhook -> webhook.event().typeName())
                    .containsExactlyElementsOf(FormFlowEvents.documented().stream()
                            .map(FakeFormFlowEvent::name)
                            .toList());
        }
    }

    @Test
    void deliversTheSameRequestAgainUntilItIsAcknowledged() throws Exception {
        try (Receiver<Void> receiver = answering(500, 302, 200)) {
            formFlow.subscribe("extracted", receiver.url());

            DeliveryReport deliveries = formFlow.deliver(EXTRACTED).assertAcknowledged();

            assertThat(deliveries.attempts())
                    .extracting(attempt -> attempt.status().orElseThrow())
                    .containsExactly(500, 302, 200);
            assertThat(deliveries.attempts())
                    .extracting(DeliveryAttempt::after)
                    .containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(61));
            assertThat(receiver.requests()).hasSize(3).allSatisfy(request -> {
                assertThat(request.body()).isEqualTo(EXTRACTED.body());
                assertThat(request.headers("X-Webhook-Signature"))
                        .isEqualTo(receiver.requests().get(0).headers("X-Webhook-Signature"));
            });
        }
    }

    @Test
    void givesUpAtTheEndOfTheSchedule() {
        try (Receiver<Void> receiver = answering(500, 500, 500)) {
            formFlow.subscribe("extracted", receiver.url());

            formFlow.deliver(EXTRACTED).assertNeverAcknowledged();

            assertThat(receiver.requests()).hasSize(3);
        }
    }

    @Test
    void letsTheTimeUntilARedeliveryPassAsItIsTold() {
        try (Receiver<Void> receiver = answering(500, 500, 200)) {
            formFlow.subscribe("extracted", receiver.url());
            Instant before = clock.instant();

            formFlow.deliver(EXTRACTED);

            assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofMinutes(61));
        }
    }

    @Test
    void deliversAgainWhereNoAnswerComesInTime() {
        CountDownLatch end = new CountDownLatch(1);
        try (FakeFormFlow impatient = FakeFormFlow.builder()
                        .redelivery(RetrySchedule.after(Duration.ofMinutes(1)))
                        .answerTimeout(Duration.ofMillis(50))
                        .start();
                Receiver<Void> receiver = Receiver.answering(request -> {
                    end.await();
                    return 200;
                })) {
            impatient.subscribe("extracted", receiver.url());

            DeliveryReport deliveries = impatient.deliver(EXTRACTED).assertNeverAcknowledged();

            assertThat(deliveries.attempts()).hasSize(2).allSatisfy(attempt -> {
                assertThat(attempt.status()).isEmpty();
                assertThat(attempt.failure()).isEqualTo("none within PT0.05S");
                assertThat(attempt.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            });
            end.countDown();
        }
    }

    @Test
    void deliversAgainWhereNobodyListens() {
        Receiver<Void> gone = answering();
        gone.close();
        formFlow.subscribe("extracted", gone.url());

        DeliveryReport deliveries = formFlow.deliver(EXTRACTED).assertNeverAcknowledged();

        assertThat(deliveries.attempts())
                .hasSize(3)
                .allSatisfy(attempt -> assertThat(attempt.failure()).isNotEmpty());
    }

    @Test
    void tellsAConnectionThatTheReceiverEndedFromOneThatNobodyTook() {
        Receiver<Void> gone = answering();
        gone.close();
        try (Receiver<Void> receiver = Receiver.answering(request -> {
            throw new IllegalStateException("no answer");
        })) {
            formFlow.subscribe("extracted", receiver.url());
            formFlow.subscribe("export", gone.url());

            assertThat(formFlow.deliver(EXTRACTED).attempts()).allMatch(DeliveryAttempt::cutOff);
            assertThat(formFlow.deliver(FormFlowEvents.export()).attempts()).noneMatch(DeliveryAttempt::cutOff);
        }
    }

    @Test
    void deliversToNobodyWhoHasNotSubscribed() {
        try (Receiver<Void> receiver = answering()) {
            formFlow.subscribe("export", receiver.url());

            formFlow.deliver(EXTRACTED).assertNeverDelivered();

            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void deliversNothingOnceUnsubscribed() {
        try (Receiver<Void> receiver = answering()) {
            formFlow.unsubscribe(formFlow.subscribe("extracted", receiver.url()));

            formFlow.deliver(EXTRACTED).assertNeverDelivered();
        }
    }

    @Test
    void signsForEachSubscriptionWithItsOwnSecret() {
        FormFlowSubscription[] second = new FormFlowSubscription[1];
        SecretSource secondSecret = type -> List.of(second[0].secret());
        try (Receiver<FormFlowEvent> first = Receiver.formFlow(firstSecrets, clock, event -> {});
                Receiver<FormFlowEvent> other = Receiver.formFlow(secondSecret, clock, event -> {})) {
            formFlow.subscribe("extracted", first.url());
            second[0] = formFlow.subscribe("extracted", other.url());

            DeliveryReport deliveries =
                    formFlow.deliver(EXTRACTED.withClock(clock)).assertAcknowledgedAtOnce();

            assertThat(deliveries.all()).extracting(SentDelivery::url).containsExactly(first.url(), other.url());
        }
    }

    @Test
    void deliversTwiceWhateverTheFirstAnswer() {
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(firstSecrets, clock, event -> {})) {
            formFlow.subscribe("extracted", receiver.url());

            formFlow.deliverTwice(EXTRACTED.withClock(clock))
                    .assertHandledOnce(() -> receiver.handled().size());

            assertThat(receiver.requests()).hasSize(2);
        }
    }

    @Test
    void deliversAtOnceInParallel() {
        CyclicBarrier allAreThere = new CyclicBarrier(8);
        try (Receiver<Void> receiver = Receiver.answering(request -> {
            allAreThere.await(20, TimeUnit.SECONDS);
            return 200;
        })) {
            formFlow.subscribe("extracted", receiver.url());

            formFlow.deliverAtOnce(EXTRACTED, 8).assertAcknowledgedAtOnce();
        }
    }

    @Test
    void deliversAgainWhatWasToldToComeAgainWhileTheFirstWasHandled() {
        CountDownLatch answered = new CountDownLatch(3);
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(
                firstSecrets,
                clock,
                outcome -> answered.countDown(),
                event -> assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue())) {
            formFlow.subscribe("extracted", receiver.url());

            DeliveryReport deliveries = formFlow.deliverAtOnce(EXTRACTED.withClock(clock), 4)
                    .assertHandledOnce(() -> receiver.handled().size());

            assertThat(deliveries.attempts())
                    .extracting(attempt -> attempt.status().orElseThrow())
                    .containsExactlyInAnyOrder(204, 409, 200, 409, 200, 409, 200);
        }
    }

    @Test
    void deliversOutOfOrder() {
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(firstSecrets, clock, event -> {})) {
            formFlow.subscribeToAll(receiver.url());

            formFlow.deliverOutOfOrder(List.of(
                            EXTRACTED.withClock(clock), FormFlowEvents.export().withClock(clock)))
                    .assertAcknowledgedAtOnce();

            assertThat(receiver.handled())
                    .extracting(webhook -> webhook.event().typeName())
                    .containsExactly("export", "extracted");
        }
    }

    @Test
    void deliversLate() {
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(firstSecrets, clock, event -> {})) {
            formFlow.subscribe("extracted", receiver.url());

            formFlow.deliverLate(EXTRACTED, Duration.ofHours(71)).assertAcknowledgedAtOnce();

            assertThat(receiver.handled())
                    .extracting(webhook -> webhook.event().timestamp())
                    .containsExactly(clock.instant().minus(Duration.ofHours(71)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliversForgeriesThatAReceiverRejects(Forgery forgery) {
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(firstSecrets, clock, event -> {})) {
            formFlow.subscribe("extracted", receiver.url());

            DeliveryReport deliveries =
                    formFlow.deliverForged(EXTRACTED.withClock(clock), forgery).assertRejected();

            assertThat(deliveries.attempts()).hasSize(1);
            assertThat(receiver.handled()).isEmpty();
        }
    }

    @Test
    void keepsAllThatItDelivered() {
        try (Receiver<Void> receiver = answering(500, 200, 204)) {
            formFlow.subscribeToAll(receiver.url());
            formFlow.deliver(EXTRACTED);
            formFlow.deliver(FormFlowEvents.export());

            assertThat(formFlow.deliveries().all())
                    .extracting(SentDelivery::event)
                    .containsExactly("extracted", "export");
            assertThat(formFlow.deliveries().attempts()).hasSize(3);
        }
    }

    @Test
    void givesTheSameSecretsForTheSameSeed() {
        try (FakeFormFlow same = FakeFormFlow.start();
                FakeFormFlow other = FakeFormFlow.builder().seed("another").start()) {
            assertThat(same.properties("formflow")).isEqualTo(formFlow.properties("formflow"));
            assertThat(same.accessToken()).isEqualTo(formFlow.accessToken());
            assertThat(other.firstSecret("extracted")).isNotEqualTo(formFlow.firstSecret("extracted"));
        }
    }

    @Test
    void givesEachSubscriptionAnotherSecret() {
        try (Receiver<Void> receiver = answering()) {
            formFlow.subscribeToAll(receiver.url());
            formFlow.subscribeToAll(receiver.url().resolve("/other"));

            assertThat(formFlow.subscriptions())
                    .hasSize(12)
                    .extracting(subscription ->
                            new String(subscription.secret().exposeSecretBytes(), StandardCharsets.UTF_8))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void subscribesAUrlToAnEventOnce() {
        URI url = URI.create("https://orders.example/webhooks");

        assertThat(formFlow.subscribe("extracted", url)).isEqualTo(formFlow.subscribe("extracted", url));
        assertThat(formFlow.subscriptions()).hasSize(1);
    }

    @Test
    void givesAnApplicationTheSecretsOfSubscriptionsYetToBeMade() {
        Map<String, String> properties = formFlow.properties("orders");
        URI url = URI.create("https://orders.example/webhooks");

        for (FormFlowSubscription subscription : formFlow.subscribeToAll(url)) {
            assertThat(properties)
                    .containsEntry(
                            "hookseal.endpoints.orders.secrets." + subscription.event(),
                            new String(subscription.secret().exposeSecretBytes(), StandardCharsets.UTF_8));
        }
        assertThat(properties).hasSize(7).containsEntry("hookseal.endpoints.orders.provider", "formflow");
    }

    @Test
    void showsNeitherTokenNorSecret() {
        try (Receiver<Void> receiver = answering(500, 500, 500)) {
            formFlow.subscribe("extracted", receiver.url());

            String shown = formFlow + " " + formFlow.subscriptions() + " " + formFlow.deliver(EXTRACTED);

            assertThat(shown).doesNotContain(formFlow.accessToken(), formFlow.firstSecret("extracted"));
        }
    }

    @Test
    void tellsEachAttemptWhereAnAssertionFails() {
        try (Receiver<Void> receiver = answering(500, 503, 401)) {
            formFlow.subscribe("extracted", receiver.url());
            DeliveryReport deliveries = formFlow.deliver(EXTRACTED);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(deliveries::assertAcknowledged)
                    .withMessageMatching("(?s)Expected each delivery to be acknowledged with 2xx, but 1 of 1 were not\n"
                            + "  extracted to " + receiver.url() + ", SignedDelivery\\[formflow, \\d+ bytes]\n"
                            + "    attempt 1: 500 in \\d+ ms\n"
                            + "    attempt 2, due after PT1M: 503 in \\d+ ms\n"
                            + "    attempt 3, due after PT1H1M: 401 in \\d+ ms");
        }
    }
}
