package dev.hookseal.testkit.formflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.client.FormFlowApiException;
import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.formflow.client.FormFlowSubscriptions;
import dev.hookseal.formflow.client.SubscribedSecrets;
import dev.hookseal.testkit.fake.DeliveryReport;
import dev.hookseal.testkit.fake.Receiver;
import dev.hookseal.testkit.fake.RetrySchedule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscribedSecretsTest {
    private static final URI ORDERS = URI.create("https://orders.example/webhooks");
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeFormFlow formFlow = FakeFormFlow.builder()
            .clock(clock)
            .waiting(clock::advance)
            .redelivery(RetrySchedule.after(PAUSE))
            .start();
    private final FormFlowSubscriptions client = FormFlowSubscriptions.builder(formFlow.baseUrl())
            .accessToken(formFlow::accessToken)
            .build();
    private final SubscribedSecrets secrets = secretsFor(ORDERS);

    @BeforeEach
    void subscribe() {
        formFlow.subscribe("extracted", ORDERS);
    }

    @AfterEach
    void stop() {
        formFlow.close();
    }

    private SubscribedSecrets secretsFor(URI url) {
        return SubscribedSecrets.builder(client, url)
                .clock(clock)
                .refreshEvery(INTERVAL)
                .pause(PAUSE)
                .build();
    }

    @Test
    void findsTheSecretsWhenTheyAreFirstNeeded() {
        assertThat(secrets.secretsFor("extracted"))
                .containsExactly(formFlow.subscriptions().get(0).secret());
        assertThat(secrets.secretsFor("export")).isEmpty();
    }

    @Test
    void findsTheSecretOfANewSubscriptionOnceThePauseIsOver() {
        secrets.refresh();
        FormFlowSubscription export = formFlow.subscribe("export", ORDERS);

        assertThat(secrets.secretsFor("export")).isEmpty();
        clock.advance(PAUSE);
        assertThat(secrets.secretsFor("export")).containsExactly(export.secret());
    }

    @Test
    void passesOverSubscriptionsToOtherUrls() {
        formFlow.subscribe("extracted", URI.create("https://staging.example/webhooks"));
        formFlow.subscribe("extracted", URI.create("https://orders.example/webhooks/"));

        assertThat(secrets.secretsFor("extracted"))
                .containsExactly(formFlow.subscriptions().get(0).secret());
    }

    @Test
    void takesTheYoungestOfSeveralSubscriptionsFirst() {
        clock.advance(Duration.ofDays(1));
        client.subscribe("extracted", ORDERS);

        assertThat(secrets.secretsFor("extracted"))
                .containsExactly(
                        formFlow.subscriptions().get(1).secret(),
                        formFlow.subscriptions().get(0).secret());
    }

    @Test
    void dropsTheSecretOfARemovedSubscription() {
        secrets.refresh();
        formFlow.unsubscribe(formFlow.subscriptions().get(0));
        secrets.refresh();

        assertThat(secrets.secretsFor("extracted")).isEmpty();
    }

    @Test
    void goesOnWithTheKnownSecretsWhereTheApiIsDown() {
        secrets.refresh();
        formFlow.breakApi();
        clock.advance(INTERVAL);

        assertThatExceptionOfType(FormFlowApiException.class).isThrownBy(secrets::refresh);
        assertThat(secrets.secretsFor("extracted")).hasSize(1);
    }

    @Test
    void hasNoAnswerWhereTheApiNeverAnswered() {
        formFlow.breakApi();

        assertThatExceptionOfType(FormFlowApiException.class).isThrownBy(() -> secrets.secretsFor("extracted"));
    }

    @Test
    void tellsTheSenderToComeAgainWhereTheApiNeverAnswered() {
        formFlow.breakApi();
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(secrets, clock, event -> {})) {
            formFlow.subscribe("export", receiver.url());

            DeliveryReport deliveries =
                    formFlow.deliver(FormFlowEvents.export().withClock(clock)).assertNeverAcknowledged();

            assertThat(deliveries.attempts())
                    .allSatisfy(attempt -> assertThat(attempt.status()).hasValue(503));
        }
    }

    @Test
    void handlesTheFirstEventOfANewSubscriptionWithoutARestart() {
        SubscribedSecrets[] own = new SubscribedSecrets[1];
        try (Receiver<FormFlowEvent> receiver =
                Receiver.formFlow(type -> own[0].secretsFor(type), clock, event -> {})) {
            own[0] = secretsFor(receiver.url());
            own[0].refresh();
            clock.advance(PAUSE);
            client.subscribe("export", receiver.url());

            formFlow.deliver(FormFlowEvents.export().withClock(clock)).assertAcknowledgedAtOnce();
        }
    }

    @Test
    void knowsTheSecretOfASubscriptionMadeAnewBeforeTheRedelivery() {
        SubscribedSecrets[] own = new SubscribedSecrets[1];
        try (Receiver<FormFlowEvent> receiver = Receiver.formFlow(
                type -> own[0].secretsFor(type), clock, outcome -> own[0].observe(outcome), event -> {})) {
            own[0] = secretsFor(receiver.url());
            FormFlowSubscription before = client.subscribe("export", receiver.url());
            own[0].refresh();
            client.delete(before.id());
            client.subscribe("export", receiver.url());
            clock.advance(PAUSE);
            FakeFormFlowEvent event = FormFlowEvents.export().withClock(clock);

            formFlow.deliverChanged(event, delivery -> delivery).assertRejected();
            // waits for the call of the API that the rejection has begun
            own[0].secretsFor("archived");

            formFlow.deliver(event).assertAcknowledgedAtOnce();
        }
    }
}
