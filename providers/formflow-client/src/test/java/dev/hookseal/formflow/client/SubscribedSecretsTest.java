package dev.hookseal.formflow.client;

import static dev.hookseal.formflow.client.ScriptedApi.answer;
import static dev.hookseal.formflow.client.ScriptedApi.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** When the API is asked, and who waits for it; what is made of its answers is shown in the testkit. */
class SubscribedSecretsTest {
    private static final URI ORDERS = URI.create("https://orders.example/webhooks");
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);
    private volatile int status = 200;
    private volatile String event = "extracted";
    private volatile String secret = "first";
    private ScriptedApi api;
    private SubscribedSecrets secrets;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi(exchange -> {
            String list = "[" + subscription(event, ORDERS.toString(), secret, "2026-03-01T12:00:00.000Z") + "]";
            asked.release();
            answers.acquire();
            answer(exchange, status, list);
        });
        secrets = SubscribedSecrets.builder(api.client(), ORDERS)
                .clock(clock)
                .refreshEvery(INTERVAL)
                .pause(PAUSE)
                .longestWait(Duration.ofMinutes(1))
                .build();
    }

    @AfterEach
    void stop() {
        answers.release(1000);
        api.close();
    }

    private void known() {
        answers.release();
        secrets.refresh();
        asked.acquireUninterruptibly();
    }

    private void assertAsked() throws InterruptedException {
        assertThat(asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets the call that is running come to its end. */
    private void answerTheRunningCall() {
        answers.release();
        secrets.secretsFor("of no subscription");
    }

    private static List<SigningSecret> only(String secret) {
        return List.of(SigningSecret.ofUtf8(secret));
    }

    private static DeliveryOutcome rejected(WebhookProvider<?> provider, RejectionReason reason) {
        return new DeliveryOutcome.Rejected(provider.name(), provider, Duration.ZERO, reason, null, null);
    }

    @Test
    void asksNothingWhileItKnowsTheSecretsAndTheIntervalIsNotOver() {
        known();
        clock.advance(INTERVAL.minusNanos(1));

        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("first"));
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void asksAnewOnceTheIntervalIsOverAndLetsNobodyWait() throws Exception {
        known();
        clock.advance(INTERVAL);
        secret = "second";

        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("first"));
        assertAsked();
        answerTheRunningCall();

        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("second"));
    }

    @Test
    void asksOnceHoweverManyDeliveriesComeMeanwhile() throws Exception {
        known();
        clock.advance(INTERVAL);
        for (int time = 0; time < 100; time++) {
            secrets.secretsFor("extracted");
            secrets.observe(rejected(new FormFlowProvider(), RejectionReason.SIGNATURE_MISMATCH));
        }
        assertAsked();
        answerTheRunningCall();

        assertThat(api.calls()).hasSize(2);
    }

    @Test
    void asksNothingForForgeriesBeforeThePauseIsOver() {
        known();
        clock.advance(PAUSE.minusNanos(1));
        for (int time = 0; time < 100; time++) {
            assertThat(secrets.secretsFor("forged" + time)).isEmpty();
            secrets.observe(rejected(new FormFlowProvider(), RejectionReason.SIGNATURE_MISMATCH));
        }

        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void asksAnewAfterAMismatch() throws Exception {
        known();
        clock.advance(PAUSE);
        secret = "second";

        secrets.observe(rejected(new FormFlowProvider(), RejectionReason.SIGNATURE_MISMATCH));
        assertAsked();
        answerTheRunningCall();

        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("second"));
    }

    @Test
    void asksNothingAfterAnotherOutcome() {
        known();
        clock.advance(PAUSE);
        secrets.observe(rejected(new FormFlowProvider(), RejectionReason.SIGNATURE_MISSING));
        secrets.observe(rejected(new ExtractaProvider(), RejectionReason.SIGNATURE_MISMATCH));
        clock.advance(PAUSE.negated());

        assertThat(secrets.secretsFor("of no subscription")).isEmpty();
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void holdsUpFourDeliveriesAndNoMoreForAnEventWithoutASecret() throws Exception {
        known();
        clock.advance(PAUSE);
        event = "export";
        List<CompletableFuture<List<SigningSecret>>> deliveries = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            deliveries.add(CompletableFuture.supplyAsync(
                    () -> secrets.secretsFor("export"), task -> new Thread(task).start()));
        }

        assertThat(CompletableFuture.anyOf(deliveries.toArray(CompletableFuture[]::new))
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(List.of());
        answers.release();
        List<List<SigningSecret>> found = new ArrayList<>();
        for (CompletableFuture<List<SigningSecret>> delivery : deliveries) {
            found.add(delivery.get(20, TimeUnit.SECONDS));
        }
        assertThat(found).filteredOn(List::isEmpty).hasSize(1);
        assertThat(found).filteredOn(only("first")::equals).hasSize(4);
        assertThat(api.calls()).hasSize(2);
    }

    @Test
    void holdsUpADeliveryNoLongerThanTheLongestWait() throws Exception {
        SubscribedSecrets impatient = SubscribedSecrets.builder(api.client(), ORDERS)
                .clock(clock)
                .longestWait(Duration.ofMillis(1))
                .build();
        answers.release();
        impatient.refresh();
        asked.acquire();
        clock.advance(PAUSE);

        assertThat(impatient.secretsFor("export")).isEmpty();
        assertAsked();
    }

    @Test
    void asksAgainAfterAFailureOnceThePauseIsOver() throws Exception {
        known();
        clock.advance(INTERVAL);
        status = 500;
        secrets.secretsFor("extracted");
        assertAsked();
        answerTheRunningCall();
        status = 200;
        secret = "second";

        clock.advance(PAUSE);
        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("first"));
        assertAsked();
        answerTheRunningCall();

        assertThat(secrets.secretsFor("extracted")).isEqualTo(only("second"));
    }

    @Test
    void asksAnewWhereTheClockWasPutBack() throws Exception {
        known();
        clock.advance(Duration.ofDays(-1));

        secrets.secretsFor("extracted");

        assertAsked();
    }

    @Test
    void logsAnOutageOnceAndTheTokenNever() {
        try (CapturedLog log = CapturedLog.of(SubscribedSecrets.class)) {
            known();
            status = 500;
            answers.release(3);
            for (int time = 0; time < 3; time++) {
                assertThatExceptionOfType(FormFlowApiException.class).isThrownBy(secrets::refresh);
            }

            assertThat(log.messages(Level.WARN))
                    .containsExactly("FormFlow's API does not give the subscriptions: the known secrets are used on");
            assertThat(log.messages()).noneMatch(message -> message.contains("4711") || message.contains("first"));
        }
    }

    @Test
    void logsThatNothingDeliversHere() {
        answers.release();
        try (CapturedLog log = CapturedLog.of(SubscribedSecrets.class)) {
            SubscribedSecrets.builder(api.client(), URI.create("https://other.example"))
                    .build()
                    .refresh();

            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "FormFlow has no subscription that delivers to this endpoint: every delivery will be"
                                    + " rejected");
        }
    }

    @Test
    void comparesTheHostInAnyCase() {
        answers.release();
        SubscribedSecrets same = SubscribedSecrets.builder(api.client(), URI.create("HTTPS://Orders.Example/webhooks"))
                .build();

        assertThat(same.secretsFor("extracted")).isEqualTo(only("first"));
    }

    @Test
    void countsWhatAPredicateTakes() {
        answers.release();
        SubscribedSecrets any = SubscribedSecrets.builder(
                        api.client(), url -> url.getHost().endsWith(".example"))
                .build();

        assertThat(any.secretsFor("extracted")).isEqualTo(only("first"));
    }

    @Test
    void showsNoSecret() {
        known();

        assertThat(secrets).hasToString("SubscribedSecrets[[extracted]]");
    }

    @Test
    void takesNoTimeThatIsNone() {
        SubscribedSecrets.Builder builder = SubscribedSecrets.builder(api.client(), ORDERS);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.refreshEvery(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.pause(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.longestWait(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.longestWait(Duration.ofSeconds(61)));
    }
}
