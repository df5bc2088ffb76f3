package dev.hookseal.receive;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.BrokenStore;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.observe.GenuineDelivery;
import dev.hookseal.observe.LoggingObserver;
import dev.hookseal.observe.MicrometerObserver;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** The table "What the sender gets" of the design, row by row. */
class WebhookReceiverTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final WebhookRequest GENUINE = Deliveries.formFlow(FORMFLOW_BODY);

    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private final MovedClock clock = new MovedClock(Deliveries.NOW);
    private final WebhookReceiver<FormFlowEvent> receiver =
            builder().observer(outcomes::add).build();

    private WebhookReceiver.Builder<FormFlowEvent> builder() {
        return WebhookReceiver.builder(
                new FormFlowProvider(),
                Deliveries.formFlowSettings().clock(clock).build());
    }

    @Test
    void admitsAGenuineDelivery() {
        AdmittedDelivery<FormFlowEvent> handling = admitted(receiver.receive(GENUINE));

        assertThat(handling.webhook().event().typeName()).isEqualTo("extracted");
        assertThat(outcomes).as("before the handler is done").isEmpty();
        handling.answered(200);
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.endpoint()).isEqualTo("formflow");
            assertThat(outcome).isInstanceOf(DeliveryOutcome.Handled.class);
            assertThat(outcome.genuine())
                    .contains(new GenuineDelivery(
                            "extracted", handling.webhook().deliveryKey(), 0, SignedForm.RAW, Set.of()));
            assertThat(outcome.verification()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void remembersWhatWasAnswered2xx(int status) {
        admitted(receiver.receive(GENUINE)).answered(status);

        WebhookResponse response = answered(receiver.receive(GENUINE));

        assertThat(response).isEqualTo(new WebhookResponse(200, Map.of(), ""));
        assertThat(kinds()).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 300, 302, 400, 401, 404, 409, 500, 503})
    void releasesWhatWasAnsweredOtherwise(int status) {
        admitted(receiver.receive(GENUINE)).answered(status);

        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void releasesWhatFailed() {
        admitted(receiver.receive(GENUINE)).failed();

        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void releasesWhatTheHandlerThrew() {
        EOFException thrown = new EOFException();
        admitted(receiver.receive(GENUINE)).answered(500, thrown);

        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.FAILED, Kind.HANDLED);
        assertThat(((DeliveryOutcome.HandlerRan) outcomes.get(0)).result()).satisfies(result -> {
            assertThat(result.status()).isEqualTo(500);
            assertThat(result.failure()).isSameAs(thrown);
        });
    }

    @Test
    void remembersAFailureThatTheApplicationAcknowledged() {
        admitted(receiver.receive(GENUINE)).answered(202, new IllegalStateException());

        assertThat(answered(receiver.receive(GENUINE)).status()).isEqualTo(200);
        assertThat(kinds()).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @Test
    void holdsTheClaimOfAHandlerThatStillWorksAfterItsTimeOut() {
        AdmittedDelivery<FormFlowEvent> handling = admitted(receiver.receive(GENUINE));
        handling.timedOut(503);

        assertThat(answered(receiver.receive(GENUINE)).status()).isEqualTo(409);
        handling.answered(200);
        assertThat(answered(receiver.receive(GENUINE)).status()).isEqualTo(200);

        assertThat(kinds()).containsExactly(Kind.TIMED_OUT, Kind.IN_PROGRESS, Kind.DUPLICATE);
    }

    @Test
    void releasesTheClaimOfAHandlerThatFailsAfterItsTimeOut() {
        AdmittedDelivery<FormFlowEvent> handling = admitted(receiver.receive(GENUINE));
        handling.timedOut(503);
        handling.failed(new IllegalStateException());
        handling.timedOut(503);

        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.TIMED_OUT, Kind.HANDLED);
    }

    @Test
    void releasesTheClaimAfterATimeOutWhenTheLeaseIsOver() {
        admitted(receiver.receive(GENUINE)).timedOut(503);

        clock.advance(LEASE.plusSeconds(1));

        admitted(receiver.receive(GENUINE)).answered(200);
        assertThat(kinds()).containsExactly(Kind.TIMED_OUT, Kind.HANDLED);
    }

    @Test
    void tellsHowLongTheHandlerTook() {
        AtomicLong nanos = new AtomicLong(17);
        WebhookReceiver<FormFlowEvent> timed =
                builder().observer(outcomes::add).nanoTime(nanos::get).build();
        AdmittedDelivery<FormFlowEvent> handling = admitted(timed.receive(GENUINE));
        nanos.addAndGet(4_500_000_000L);

        handling.answered(200);

        assertThat(((DeliveryOutcome.HandlerRan) outcomes.get(0)).result())
                .satisfies(result -> assertThat(result.duration()).isEqualTo(Duration.ofMillis(4500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "multipart/", "Multipart/Mixed", " multipart/x"})
    void rejectsMultipartWhateverItsSignature(String contentType) {
        assertRejectedByHeader("Content-Type", contentType, RejectionReason.MULTIPART);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "identity, br", "deflate", "x"})
    void rejectsAnEncodedBodyWhateverItsSignature(String encoding) {
        assertRejectedByHeader("Content-Encoding", encoding, RejectionReason.CONTENT_ENCODED);
    }

    private void assertRejectedByHeader(String name, String value, RejectionReason reason) {
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        Header header = new Header(name, value);
        Header signature = new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, body));

        assertThat(answered(receiver.receive(Requests.post(List.of(header, signature), body)))
                        .status())
                .isEqualTo(400);
        assertThat(answered(receiver.receive(Requests.post(List.of(header), body)))
                        .status())
                .isEqualTo(400);
        assertThat(Reasons.of(outcomes)).containsExactly(reason, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", " , identity"})
    void acceptsABodyThatIsSaidToBeAsItIs(String encoding) {
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        admitted(receiver.receive(Requests.post(
                List.of(
                        new Header("Content-Encoding", encoding),
                        new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, body))),
                body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/octet-stream", "multipart", "x/multipart/", "", "no type at all"})
    void acceptsAnyOtherContentType(String contentType) {
        byte[] body = FORMFLOW_BODY.getBytes(UTF_8);
        admitted(receiver.receive(Requests.post(
                List.of(
                        new Header("Content-Type", contentType),
                        new Header(FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, body))),
                body)));
    }

    @Test
    void countsTheFirstReportOfAHandlingAlone() {
        AdmittedDelivery<FormFlowEvent> handling = admitted(receiver.receive(GENUINE));

        handling.answered(200);
        handling.failed();
        handling.answered(500);

        assertThat(kinds()).containsExactly(Kind.HANDLED);
        assertThat(answered(receiver.receive(GENUINE)).status()).isEqualTo(200);
    }

    @Test
    void tellsTheSenderToComeBackWhileTheDeliveryIsBeingHandled() {
        AdmittedDelivery<FormFlowEvent> handling = admitted(receiver.receive(GENUINE));

        WebhookResponse response = answered(receiver.receive(GENUINE));

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.headers().get("Retry-After")).matches("[1-9][0-9]*");
        assertProblem(response, "Conflict");
        handling.answered(200);
        assertThat(kinds()).containsExactly(Kind.IN_PROGRESS, Kind.HANDLED);
    }

    @Test
    void acknowledgesARedeliveryThatComesJustBeforeItsClaimIsSettled() {
        AtomicReference<AdmittedDelivery<FormFlowEvent>> first = new AtomicReference<>();
        AtomicInteger pauses = new AtomicInteger();
        WebhookReceiver<FormFlowEvent> receiver = builder()
                .observer(outcomes::add)
                .claimWait(new ClaimWait(nanos -> {
                    if (pauses.incrementAndGet() == 3) {
                        first.get().answered(200);
                    }
                }))
                .build();
        first.set(admitted(receiver.receive(GENUINE)));

        assertThat(answered(receiver.receive(GENUINE)).status()).isEqualTo(200);

        assertThat(pauses).hasValue(3);
        assertThat(kinds()).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @Test
    void admitsARedeliveryThatComesJustBeforeItsClaimIsReleased() {
        AtomicReference<AdmittedDelivery<FormFlowEvent>> first = new AtomicReference<>();
        WebhookReceiver<FormFlowEvent> receiver = builder()
                .observer(outcomes::add)
                .claimWait(new ClaimWait(nanos -> first.get().failed()))
                .build();
        first.set(admitted(receiver.receive(GENUINE)));

        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void doesNotWaitForAnotherRequestUnlessTold() {
        WebhookReceiver<FormFlowEvent> receiver = builder()
                .observer(outcomes::add)
                .claimWait(new ClaimWait(nanos -> {
                    throw new AssertionError("waits");
                }))
                .build();
        AdmittedDelivery<FormFlowEvent> first = admitted(receiver.tryReceive(GENUINE, Set.of()));

        assertThat(receiver.tryReceive(GENUINE, Set.of())).isInstanceOf(Decision.InProgress.class);

        assertThat(outcomes).isEmpty();
        first.answered(200);
        assertThat(answered(receiver.tryReceive(GENUINE, Set.of())).status()).isEqualTo(200);
    }

    @Test
    void releasesTheClaimOfAHandlerThatFailsAfterItsAnswer() {
        admitted(receiver.receive(GENUINE)).failedAfterAnswer(200, new IllegalStateException());
        admitted(receiver.receive(GENUINE)).failedAfterAnswer(500, new IllegalStateException());
        admitted(receiver.receive(GENUINE)).answered(200);

        assertThat(kinds()).containsExactly(Kind.FAILED_AFTER_ANSWER, Kind.FAILED, Kind.HANDLED);
    }

    @Test
    void admitsARedeliveryOnceTheLeaseIsOver() {
        AdmittedDelivery<FormFlowEvent> lost = admitted(receiver.receive(GENUINE));
        clock.advance(LEASE.plusMillis(1));

        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            admitted(receiver.receive(GENUINE)).answered(200);
            lost.answered(200);

            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("longer than the lease");
        }
    }

    @Test
    void keepsToItsLease() {
        WebhookReceiver<FormFlowEvent> patient =
                builder().lease(Duration.ofHours(1)).build();
        admitted(patient.receive(GENUINE));

        clock.advance(LEASE.plusMillis(1));

        assertThat(answered(patient.receive(GENUINE)).status()).isEqualTo(409);
    }

    @Test
    void acknowledgesAnEventThatIsNotAskedFor() {
        WebhookResponse response = answered(receiver.receive(GENUINE, Set.of("export", "error-export")));

        assertThat(response).isEqualTo(new WebhookResponse(200, Map.of(), ""));
        assertThat(kinds()).containsExactly(Kind.IGNORED);
        // and does not remember it: another handler may ask for it
        admitted(receiver.receive(GENUINE, Set.of("extracted", "export")));
    }

    @Test
    void rejectsAForgedEventThatIsNotAskedFor() {
        WebhookRequest forged = Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), GENUINE_BODY);

        assertThat(answered(receiver.receive(forged, Set.of("export"))).status())
                .isEqualTo(401);
    }

    private static final byte[] GENUINE_BODY = FORMFLOW_BODY.getBytes(UTF_8);

    @Test
    void rejectsAForgedDelivery() {
        WebhookRequest forged = Requests.post(FormFlowProvider.SIGNATURE_HEADER, "0".repeat(64), GENUINE_BODY);

        WebhookResponse response = answered(receiver.receive(forged));

        assertThat(response.status()).isEqualTo(401);
        assertProblem(response, "Unauthorized");
        assertRejected(RejectionReason.SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsABodyThatTheProviderDoesNotSend() {
        WebhookResponse response = answered(receiver.receive(Deliveries.formFlow("[]")));

        assertThat(response.status()).isEqualTo(400);
        assertProblem(response, "Bad Request");
        assertRejected(RejectionReason.PAYLOAD_UNEXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "Post", ""})
    void rejectsAnyMethodButPost(String method) {
        WebhookRequest request = Requests.request(
                method,
                List.of(new Requests.Header(
                        FormFlowProvider.SIGNATURE_HEADER, Signer.formFlow(FORMFLOW_SECRET, GENUINE_BODY))),
                GENUINE_BODY);

        WebhookResponse response = answered(receiver.receive(request));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "POST");
        assertProblem(response, "Method Not Allowed");
        assertRejected(RejectionReason.METHOD_NOT_ALLOWED);
    }

    @Test
    void takesABodyOfTheLimitAndRejectsOneByteMore() {
        WebhookReceiver<FormFlowEvent> narrow = WebhookReceiver.of(
                new FormFlowProvider(),
                Deliveries.formFlowSettings().maxBodyBytes(GENUINE_BODY.length).build());

        admitted(narrow.receive(GENUINE));
        WebhookResponse response = answered(narrow.receive(Deliveries.formFlow(FORMFLOW_BODY + " ")));

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.headers()).containsEntry("Connection", "close");
        assertProblem(response, "Content Too Large");
    }

    @Test
    void hasTheLimitOfItsProviderUnlessItIsSet() {
        assertThat(receiver.bodyLimits().maxBytes()).isEqualTo(1024 * 1024);
        assertThat(extracta().bodyLimits().maxBytes()).isEqualTo(4 * 1024 * 1024);
    }

    @Test
    void rejectsABodyThatCannotBeRead() {
        assertThat(answered(receiver.receive(withoutBody(RejectionReason.BODY_UNREADABLE)))
                        .status())
                .isEqualTo(400);
        assertRejected(RejectionReason.BODY_UNREADABLE);
    }

    private static WebhookRequest withoutBody(RejectionReason reason) {
        return new WebhookRequest() {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public List<String> headers(String name) {
                return GENUINE.headers(name);
            }

            @Override
            public byte[] body() throws WebhookRejectedException {
                throw new WebhookRejectedException(reason);
            }
        };
    }

    @Test
    void closesTheConnectionOfABodyThatItDoesNotWaitForAndTellsWhatWasExceeded() throws Exception {
        WebhookReceiver<FormFlowEvent> slow = builder()
                .observer(outcomes::add)
                .bodyTimeout(Duration.ofSeconds(7))
                .build();

        for (RejectionReason reason : List.of(RejectionReason.BODY_TIMEOUT, RejectionReason.OVERLOADED)) {
            WebhookResponse response = answered(slow.receive(withoutBody(reason)));

            assertThat(response.headers()).containsEntry("Connection", "close");
            assertThat(Reasons.of(outcomes.get(outcomes.size() - 1))).isEqualTo(reason);
        }
        assertThat(outcomes)
                .extracting(outcome -> ((DeliveryOutcome.Rejected) outcome).detail())
                .satisfiesExactly(
                        detail -> assertThat(detail).isEqualTo("the limit is PT7S: hookseal.body-timeout"),
                        detail -> assertThat(detail).contains("hookseal.body-budget"));
    }

    @Test
    void doesNotReadTheBodyOfARequestWithoutASignature() {
        WebhookRequest unsigned = new WebhookRequest() {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public List<String> headers(String name) {
                return List.of();
            }

            @Override
            public byte[] body() {
                throw new AssertionError("The body was read");
            }
        };

        assertThat(answered(receiver.receive(unsigned)).status()).isEqualTo(401);
        assertRejected(RejectionReason.SIGNATURE_MISSING);
    }

    @Test
    void tellsNoRejectedSenderWhy() {
        for (RejectionReason reason : RejectionReason.values()) {
            WebhookResponse response = WebhookResponse.rejected(reason);

            assertThat(response.status()).isEqualTo(reason.status()).isBetween(400, 503);
            assertThat(response.body()).matches("\\{\"title\":\"[A-Za-z ]+\",\"status\":" + reason.status() + "}");
        }
    }

    @Test
    void treatsNothingOfExtractaAsARepeat() {
        WebhookReceiver<ExtractaEvent> extracta = extracta();
        WebhookRequest request =
                Deliveries.extracta(Deliveries.extractaBody("extraction.edited", EXTRACTA_RESULT), EXTRACTA_RESULT);

        admitted(extracta.receive(request)).answered(200);
        admitted(extracta.receive(request)).answered(200);
    }

    @Test
    void treatsTheSameContentOfExtractaAsARepeatWithinTheWindowThatIsSet() {
        WebhookReceiver<ExtractaEvent> extracta = WebhookReceiver.of(
                new ExtractaProvider(),
                Deliveries.extractaSettings()
                        .clock(clock)
                        .repeatWindow(Duration.ofMinutes(10))
                        .build());
        WebhookRequest request =
                Deliveries.extracta(Deliveries.extractaBody("extraction.edited", EXTRACTA_RESULT), EXTRACTA_RESULT);
        WebhookRequest speltOtherwise = Deliveries.extracta(
                Deliveries.extractaBody("extraction.confirmed", EXTRACTA_RESULT.replace(",", ", ")), EXTRACTA_RESULT);

        admitted(extracta.receive(request)).answered(200);
        assertThat(answered(extracta.receive(speltOtherwise)).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10).plusMillis(1));
        admitted(extracta.receive(request));
    }

    @Test
    void mayBlockUnlessEverythingThatItWorksWithIsKnownNotTo() {
        assertThat(builder().build().mayBlock()).isFalse();
        assertThat(builder()
                        .store(new InMemoryDeliveryStore(clock))
                        .observer(new LoggingObserver())
                        .observer(new MicrometerObserver(new SimpleMeterRegistry()))
                        .build()
                        .mayBlock())
                .isFalse();

        assertThat(receiver.mayBlock()).as("an observer of the application").isTrue();
        assertThat(builder().store(BrokenStore.afterTheClaim()).build().mayBlock())
                .as("another store")
                .isTrue();
        SecretSource fetched = type -> List.of(SigningSecret.ofUtf8(FORMFLOW_SECRET));
        assertThat(WebhookReceiver.of(
                                new FormFlowProvider(),
                                Deliveries.formFlowSettings().secrets(fetched).build())
                        .mayBlock())
                .as("secrets that may change")
                .isTrue();
    }

    @Test
    void mayBlockWhereItKeepsRejectedDeliveries(@TempDir Path directory) {
        assertThat(builder()
                        .observer(new RejectedDeliveryFiles(directory))
                        .build()
                        .mayBlock())
                .isTrue();
    }

    @Test
    void answersThatItIsUnavailableWhereTheStoreCannotClaim() {
        WebhookReceiver<FormFlowEvent> broken =
                builder().store(BrokenStore.always()).observer(outcomes::add).build();

        WebhookResponse response = answered(broken.receive(GENUINE));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().get("Retry-After")).matches("[1-9][0-9]*");
        assertProblem(response, "Service Unavailable");
        assertThat(kinds()).containsExactly(Kind.UNAVAILABLE);
    }

    @Test
    void staysAnsweredWhereTheStoreCannotSettle() {
        WebhookReceiver<FormFlowEvent> broken = builder()
                .store(BrokenStore.afterTheClaim())
                .observer(outcomes::add)
                .build();

        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            admitted(broken.receive(GENUINE)).answered(200);
            admitted(broken.receive(GENUINE)).failed();

            assertThat(log.messages(Level.ERROR)).hasSize(2);
        }
        assertThat(kinds()).containsExactly(Kind.HANDLED, Kind.FAILED);
    }

    @Test
    void answersThatItIsUnavailableWhereTheSecretsCannotBeHad() {
        WebhookReceiver<FormFlowEvent> broken = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        Deliveries.formFlowSettings()
                                .secrets(type -> {
                                    throw new IllegalStateException("the vault is down");
                                })
                                .build())
                .observer(outcomes::add)
                .build();

        assertThat(answered(broken.receive(GENUINE)).status()).isEqualTo(503);
        assertThat(kinds()).containsExactly(Kind.UNAVAILABLE);
    }

    @Test
    void goesOnWhereAnObserverThrows() {
        WebhookReceiver<FormFlowEvent> observed = builder()
                .observer(outcome -> {
                    throw new IllegalStateException("a broken meter");
                })
                .observer(outcomes::add)
                .build();

        admitted(observed.receive(GENUINE)).answered(200);
        assertThat(answered(observed.receive(GENUINE)).status()).isEqualTo(200);

        assertThat(kinds()).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @Test
    void rejectsALeaseOfNothing() {
        for (Duration lease : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().lease(lease))
                    .withMessageContaining("hookseal.endpoints.formflow.lease");
        }
    }

    @Test
    void rejectsSettingsThatItsProviderRejects() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookReceiver.of(
                        new FormFlowProvider(),
                        Deliveries.formFlowSettings()
                                .repeatWindow(Duration.ofMinutes(1))
                                .build()));
    }

    private static WebhookReceiver<ExtractaEvent> extracta() {
        return WebhookReceiver.of(
                new ExtractaProvider(), Deliveries.extractaSettings().build());
    }

    private List<Kind> kinds() {
        return outcomes.stream().map(DeliveryOutcome::kind).toList();
    }

    private void assertRejected(RejectionReason reason) {
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Kind.REJECTED);
            assertThat(Reasons.of(outcome)).isEqualTo(reason);
            assertThat(outcome.genuine()).isEmpty();
            assertThat(outcome.deliveryKey()).isEmpty();
        });
    }

    private static void assertProblem(WebhookResponse response, String title) {
        assertThat(response.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(response.body()).isEqualTo("{\"title\":\"" + title + "\",\"status\":" + response.status() + "}");
    }

    private static <E> AdmittedDelivery<E> admitted(Decision<E> decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted<E>) decision).delivery();
    }

    private static WebhookResponse answered(Decision<?> decision) {
        assertThat(decision).isInstanceOf(Decision.Answered.class);
        return ((Decision.Answered<?>) decision).response();
    }
}
