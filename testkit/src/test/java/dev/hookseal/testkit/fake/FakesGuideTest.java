package dev.hookseal.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.acme.AcmeEvent;
import dev.hookseal.acme.AcmeProvider;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.formflow.client.FormFlowSubscriptions;
import dev.hookseal.formflow.client.SubscribedSecrets;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtracta;
import dev.hookseal.testkit.extracta.JsonStyle;
import dev.hookseal.testkit.formflow.FakeFormFlow;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/testing.md and docs/subscriptions.md, which quote them word for word. */
@ExtendWith(FakeProviders.class)
class FakesGuideTest {
    private static final class Orders {
        private final AtomicBoolean failing = new AtomicBoolean();

        void failNext() {
            failing.set(true);
        }

        void received(Object event) {
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("could not handle " + event);
            }
        }
    }

    private final Orders orders = new Orders();

    @Test
    void redeliversUntilItIsAcknowledged(FakeFormFlow formFlow) {
        SecretSource secrets = type -> List.of(SigningSecret.ofUtf8(formFlow.firstSecret(type)));
        try (Receiver<FormFlowEvent> application = Receiver.formFlow(secrets, Clock.systemUTC(), orders::received)) {
            URI endpoint = application.url();

            formFlow.subscribe("extracted", endpoint);
            orders.failNext();

            DeliveryReport report = formFlow.deliver(FormFlowEvents.extracted());

            report.assertHandledOnce(() -> application.handled().size());
            assertThat(report.attempts())
                    .extracting(attempt -> attempt.status().orElseThrow())
                    .containsExactly(500, 204);
        }
    }

    @Test
    void sendsInTheWaysOfANetwork(FakeFormFlow formFlow) {
        SecretSource secrets = type -> List.of(SigningSecret.ofUtf8(formFlow.firstSecret(type)));
        try (Receiver<FormFlowEvent> application = Receiver.formFlow(secrets, Clock.systemUTC(), orders::received)) {
            formFlow.subscribeToAll(application.url());
            FakeFormFlowEvent event = FormFlowEvents.extracted().identifiedBy("first");
            FakeFormFlowEvent other = FormFlowEvents.extracted().identifiedBy("second");
            FakeFormFlowEvent third = FormFlowEvents.extracted().identifiedBy("third");

            formFlow.deliverTwice(event).assertAcknowledgedAtOnce();
            formFlow.deliverAtOnce(other, 8).assertAcknowledged();
            formFlow.deliverOutOfOrder(List.of(event, other)).assertAcknowledged();
            formFlow.deliverLate(third, Duration.ofHours(71)).assertAcknowledged();
            formFlow.deliverForged(third, Forgery.TAMPERED_BODY).assertRejected();

            assertThat(application.handled()).hasSize(3);
        }
    }

    @Test
    void rewritesOnTheWay(FakeExtracta extracta) {
        SecretSource secrets = SecretSource.of(SigningSecret.ofUtf8(extracta.secret()));
        try (Receiver<ExtractaEvent> application = Receiver.extracta(secrets, orders::received)) {
            URI endpoint = application.url();

            extracta.deliverTo(endpoint);

            extracta.deliverRewritten(ExtractaEvents.confirmed(), JsonStyle.PRETTY_PRINTED)
                    .assertAcknowledgedWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void deliversForAnyProvider(@Fake("acme") FakeProvider acme) {
        try (Receiver<AcmeEvent> application =
                Receiver.verifying(new AcmeProvider(), acme.secrets(), Clock.systemUTC(), orders::received)) {
            URI endpoint = application.url();
            byte[] body = "{\"id\":\"evt_7\",\"type\":\"order.sent\"}".getBytes(StandardCharsets.UTF_8);
            orders.failNext();

            acme.deliverTo(endpoint);

            acme.deliver("order.paid").assertAcknowledged();
            acme.deliver("order.sent", body).assertAcknowledgedAtOnce();
            acme.deliverForged(acme.sample("order.paid"), Forgery.STALE).assertRejected();

            assertThat(application.handled())
                    .extracting(VerifiedWebhook::eventName)
                    .containsExactly("order.paid", "order.sent");
        }
    }

    @Test
    void movesTheClockOn() {
        MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));

        try (FakeFormFlow formFlow = FakeFormFlow.builder()
                .clock(clock)
                .redelivery(RetrySchedule.backOff(Duration.ofMinutes(1), 3))
                .waiting(clock::advance)
                .start()) {
            assertThat(formFlow.subscriptions()).isEmpty();
        }
    }

    @Test
    void takesTheSecretsFromTheSubscriptions(FakeFormFlow formFlow) {
        URI baseUrl = formFlow.baseUrl();
        URI endpoint = URI.create("https://orders.example/webhooks/formflow");

        FormFlowSubscriptions subscriptions = FormFlowSubscriptions.builder(baseUrl)
                .accessToken(formFlow::accessToken)
                .build();

        FormFlowSubscription extracted = subscriptions.subscribe("extracted", endpoint);

        SubscribedSecrets secrets =
                SubscribedSecrets.builder(subscriptions, endpoint).build();
        secrets.refresh();

        WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder("formflow").secrets(secrets).build())
                .observer(secrets)
                .build();

        assertThat(receiver.settings().secrets().secretsFor("extracted")).containsExactly(extracted.secret());
        subscriptions.delete(extracted.id());
    }
}
