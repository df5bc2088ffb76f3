package dev.hookseal.observe;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.AcmeProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the meters say after deliveries went through a receiver. */
class MicrometerObserverTest {
    private static final WebhookRequest GENUINE = Deliveries.formFlow(FORMFLOW_BODY);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerObserver observer = new MicrometerObserver(registry);
    private final WebhookReceiver<?> formFlow =
            receiver(new FormFlowProvider(), Deliveries.formFlowSettings().build());
    private final WebhookReceiver<?> extracta =
            receiver(new ExtractaProvider(), Deliveries.extractaSettings().build());

    private <E> WebhookReceiver<E> receiver(WebhookProvider<E> provider, EndpointSettings settings) {
        return WebhookReceiver.builder(provider, settings).observer(observer).build();
    }

    @Test
    void countsDeliveriesByWhatBecameOfThem() {
        deliver(formFlow, GENUINE, 500);
        deliver(formFlow, GENUINE, 200);
        deliver(formFlow, GENUINE, 200);
        deliver(formFlow, GENUINE, 200);

        assertThat(count("hookseal.deliveries", "endpoint", "formflow", "outcome", "failed", "reason", "none"))
                .isEqualTo(1);
        assertThat(count("hookseal.deliveries", "endpoint", "formflow", "outcome", "handled", "reason", "none"))
                .isEqualTo(1);
        assertThat(count("hookseal.deliveries", "endpoint", "formflow", "outcome", "duplicate", "reason", "none"))
                .isEqualTo(2);
    }

    @Test
    void countsRejectionsByTheirReason() {
        WebhookRequest unsigned = Requests.post(List.of(), FORMFLOW_BODY.getBytes(UTF_8));
        WebhookRequest forged =
                Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), FORMFLOW_BODY.getBytes(UTF_8));

        deliver(formFlow, unsigned, 200);
        deliver(formFlow, forged, 200);
        deliver(formFlow, forged, 200);

        assertThat(count("hookseal.deliveries", "outcome", "rejected", "reason", "signature-missing"))
                .isEqualTo(1);
        assertThat(count("hookseal.deliveries", "outcome", "rejected", "reason", "signature-mismatch"))
                .isEqualTo(2);
    }

    static List<DeliveryOutcome> everyOutcome() {
        WebhookProvider<?> provider = new FormFlowProvider();
        Duration verification = Duration.ofMillis(7);
        GenuineDelivery delivery = genuine("extracted");
        HandlerResult result = new HandlerResult(Duration.ofMillis(9), null, null);
        return List.of(
                new DeliveryOutcome.Handled("formflow", provider, verification, delivery, result),
                new DeliveryOutcome.Failed("formflow", provider, verification, delivery, result),
                new DeliveryOutcome.FailedAfterAnswer("formflow", provider, verification, delivery, result),
                new DeliveryOutcome.TimedOut("formflow", provider, verification, delivery, result),
                new DeliveryOutcome.Accepted("formflow", provider, verification, delivery),
                new DeliveryOutcome.Ignored("formflow", provider, verification, delivery),
                new DeliveryOutcome.Duplicate("formflow", provider, verification, delivery),
                new DeliveryOutcome.InProgress("formflow", provider, verification, delivery),
                new DeliveryOutcome.Rejected(
                        "formflow", provider, verification, RejectionReason.BODY_TOO_LARGE, null, null),
                new DeliveryOutcome.Handshake("formflow", provider, verification),
                new DeliveryOutcome.Unavailable("formflow", provider, verification, null));
    }

    @ParameterizedTest
    @MethodSource("everyOutcome")
    void countsEveryOutcomeUnderItsName(DeliveryOutcome outcome) {
        observer.observe(outcome);

        if (outcome instanceof DeliveryOutcome.Handshake) {
            assertThat(count("hookseal.handshakes", "endpoint", "formflow")).isEqualTo(1);
            assertThat(registry.find("hookseal.deliveries").counters()).isEmpty();
            return;
        }

        String name = outcome.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        assertThat(count("hookseal.deliveries", "outcome", name.toLowerCase(Locale.ROOT)))
                .isEqualTo(1);
    }

    @Test
    void everyKindHasAnOutcome() {
        assertThat(everyOutcome()).extracting(DeliveryOutcome::kind).containsExactly(DeliveryOutcome.Kind.values());
    }

    @Test
    void countsMembersOfAnotherKindOncePerDelivery() {
        String result = "[{\"fileName\":true},{\"fileName\":[],\"url\":{}},7]";
        deliver(extracta, extracta("extraction.edited", result), 200);
        deliver(extracta, extracta("extraction.edited", "[{\"fileName\":true}]"), 500);
        deliver(extracta, extracta("extraction.edited", "[{\"fileName\":1}]"), 200);

        assertThat(count("hookseal.payload.unexpected", "endpoint", "extracta", "member", "result[].fileName"))
                .isEqualTo(2);
        assertThat(count("hookseal.payload.unexpected", "endpoint", "extracta", "member", "result[].url"))
                .isEqualTo(1);
        assertThat(count("hookseal.payload.unexpected", "endpoint", "extracta", "member", "result[]"))
                .isEqualTo(1);
        assertThat(registry.find("hookseal.payload.unexpected").counters()).hasSize(3);
    }

    @Test
    void timesTheVerificationAlone() {
        observer.observe(handled("extracted"));

        Timer timer = registry.get("hookseal.verification")
                .tags("endpoint", "formflow", "result", "genuine")
                .timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    void timesByTheResultOfTheVerification() {
        WebhookReceiver<?> withoutStore = WebhookReceiver.builder(
                        new FormFlowProvider(), Deliveries.formFlowSettings().build())
                .store(BrokenStore.always())
                .observer(observer)
                .build();
        WebhookReceiver<?> withoutSecrets = receiver(
                new FormFlowProvider(),
                Deliveries.formFlowSettings()
                        .secrets(type -> {
                            throw new IllegalStateException("the vault is down");
                        })
                        .build());

        deliver(formFlow, GENUINE, 500);
        deliver(withoutStore, GENUINE, 200);
        deliver(withoutSecrets, GENUINE, 200);
        deliver(formFlow, Deliveries.formFlow("[]"), 200);

        assertThat(timed("genuine")).isEqualTo(2);
        assertThat(timed("unavailable")).isEqualTo(1);
        assertThat(timed("rejected")).isEqualTo(1);
    }

    @Test
    void tellsWhichOfAnEventsSecretsMatched() {
        SigningSecret newest = SigningSecret.ofUtf8("whsec-newest");
        SigningSecret old = SigningSecret.ofUtf8(FORMFLOW_SECRET);
        WebhookReceiver<?> rotating = receiver(
                new FormFlowProvider(),
                Deliveries.formFlowSettings()
                        .secrets(SecretSource.byEventType(Map.of(
                                "extracted", List.of(newest, old),
                                "export", List.of(old),
                                "archived", List.of(newest, old))))
                        .build());

        deliver(rotating, GENUINE, 200);
        deliver(rotating, GENUINE, 200);
        deliver(rotating, Deliveries.formFlow(body("export")), 200);
        deliver(rotating, Deliveries.formFlow(body("archived")), 200);

        assertThat(count("hookseal.secrets.matched", "event", "extracted", "position", "1"))
                .isEqualTo(2);
        assertThat(count("hookseal.secrets.matched", "event", "export", "position", "0"))
                .isEqualTo(1);
        assertThat(count("hookseal.secrets.matched", "event", "other", "position", "1"))
                .isEqualTo(1);
    }

    @Test
    void tellsInWhichFormExtractaSigned() {
        String spaced = EXTRACTA_RESULT.replace(",", ", ");

        deliver(extracta, extracta("extraction.edited", EXTRACTA_RESULT), 200);
        deliver(
                extracta,
                Deliveries.extracta(Deliveries.extractaBody("extraction.edited", spaced), EXTRACTA_RESULT),
                200);
        deliver(
                extracta,
                Deliveries.extracta(Deliveries.extractaBody("extraction.failed", spaced), EXTRACTA_RESULT),
                200);

        assertThat(count("hookseal.signed.forms", "endpoint", "extracta", "form", "raw"))
                .isEqualTo(1);
        assertThat(count("hookseal.signed.forms", "endpoint", "extracta", "form", "ecmascript"))
                .isEqualTo(2);
    }

    @Test
    void tellsNothingMoreOfWhatIsNotGenuine() {
        deliver(formFlow, Requests.post(FormFlowProvider.SIGNATURE_HEADER, "?", new byte[0]), 200);

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactlyInAnyOrder("hookseal.deliveries", "hookseal.verification");
    }

    @Test
    void countsUnknownEventsByTheirNames() {
        deliver(formFlow, Deliveries.formFlow(body("archived")), 200);
        deliver(formFlow, Deliveries.formFlow(body("archived")), 200);
        deliver(formFlow, Deliveries.formFlow(body("extracted")), 200);
        deliver(extracta, extracta("invoice.paid", "{}"), 200);

        assertThat(count("hookseal.events.unknown", "endpoint", "formflow", "event", "archived"))
                .isEqualTo(2);
        assertThat(count("hookseal.events.unknown", "endpoint", "extracta", "event", "invoice.paid"))
                .isEqualTo(1);
        assertThat(registry.find("hookseal.events.unknown").counters()).hasSize(2);
    }

    @Test
    void countsAnEventWithoutANameAsNone() {
        deliver(extracta, Deliveries.extracta("{\"result\":[]}", "[]"), 200);
        deliver(extracta, Deliveries.extracta("{\"event\":7,\"result\":[]}", "[]"), 200);

        assertThat(count("hookseal.events.unknown", "event", "none")).isEqualTo(2);
    }

    @Test
    void findsNoEventUnknownWhereTheProviderDocumentsNone() {
        byte[] body = "anything".getBytes(UTF_8);
        WebhookReceiver<?> acme = receiver(
                new AcmeProvider(),
                EndpointSettings.builder("acme")
                        .secret(SigningSecret.ofUtf8(FORMFLOW_SECRET))
                        .build());

        deliver(acme, Requests.post("Acme-Signature", Signer.formFlow(FORMFLOW_SECRET, body), body), 200);

        assertThat(count("hookseal.secrets.matched", "endpoint", "acme", "event", "other", "position", "0"))
                .isEqualTo(1);
        assertThat(registry.find("hookseal.events.unknown").counters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a\\r\\nhookseal_deliveries_total 1, a??hookseal_deliveries_total?1",
        "\\u001b[31mred, ?[31mred",
        "\\u65e5\\u672c, ??",
        "\\ud83d, ?",
        "\\u0000, ?"
    })
    void cleansTheNameOfAnUnknownEvent(String escaped, String tag) {
        deliver(extracta, extracta(escaped, "[]"), 200);

        assertThat(count("hookseal.events.unknown", "event", tag)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 100_000})
    void cutsTheNameOfAnUnknownEvent(int length) {
        deliver(extracta, extracta("n".repeat(length), "[]"), 200);

        assertThat(count("hookseal.events.unknown", "event", "n".repeat(100))).isEqualTo(1);
    }

    @Test
    void tellsNoMoreThanTwentyUnknownEventsApart() {
        for (int i = 0; i < 1_000; i++) {
            deliver(extracta, extracta("flood." + i, "[]"), 200);
        }
        deliver(extracta, extracta("flood.19", "[]"), 200);
        deliver(extracta, extracta("flood.20", "[]"), 200);

        assertThat(registry.find("hookseal.events.unknown").counters()).hasSize(21);
        assertThat(count("hookseal.events.unknown", "event", "flood.19")).isEqualTo(2);
        assertThat(count("hookseal.events.unknown", "event", "other")).isEqualTo(981);
    }

    @Test
    void keepsTheRoomOfEachEndpointApart() {
        for (int i = 0; i < 30; i++) {
            deliver(extracta, extracta("flood." + i, "[]"), 200);
        }

        deliver(formFlow, Deliveries.formFlow(body("archived")), 200);

        assertThat(count("hookseal.events.unknown", "endpoint", "formflow", "event", "archived"))
                .isEqualTo(1);
    }

    @Test
    void countsEachUnknownEventOnceWhereManyComeAtOnce() throws Exception {
        int threads = 16;
        int names = 40;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                sent.add(senders.submit(() -> {
                    start.await();
                    for (int i = 0; i < names; i++) {
                        observer.observe(handled("flood." + i));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : sent) {
                one.get();
            }
        } finally {
            senders.shutdownNow();
        }

        assertThat(registry.find("hookseal.events.unknown").counters())
                .hasSize(21)
                .filteredOn(counter -> !"other".equals(counter.getId().getTag("event")))
                .allSatisfy(counter -> assertThat(counter.count()).isEqualTo(threads));
        assertThat(count("hookseal.events.unknown", "event", "other")).isEqualTo(threads * (names - 20));
    }

    private static DeliveryOutcome handled(String eventName) {
        return new DeliveryOutcome.Handled(
                "formflow",
                new FormFlowProvider(),
                Duration.ofMillis(7),
                genuine(eventName),
                new HandlerResult(Duration.ZERO, 200, null));
    }

    private static GenuineDelivery genuine(String eventName) {
        return new GenuineDelivery(eventName, null, 0, SignedForm.RAW, Set.of());
    }

    private static String body(String event) {
        return Deliveries.formFlowBody(event, "2023-10-28T12:00:00Z");
    }

    private static WebhookRequest extracta(String event, String result) {
        return Deliveries.extracta(Deliveries.extractaBody(event, result), result);
    }

    private static void deliver(WebhookReceiver<?> receiver, WebhookRequest request, int status) {
        if (receiver.receive(request) instanceof Decision.Admitted<?> admitted) {
            admitted.delivery().answered(status);
        }
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long timed(String result) {
        return registry.get("hookseal.verification")
                .tag("result", result)
                .timer()
                .count();
    }
}
