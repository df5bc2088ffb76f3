package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtractaEvent;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server under test, the events to send to it, and what every rule asks of an answer. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(DeviationsAndReport.class)
@Timeout(120)
abstract class ContractRun {
    private static final JsonMapper JSON = new JsonMapper();

    private final AtomicInteger ids = new AtomicInteger();
    private @Nullable Running running;

    /** The running server and what belongs to it. */
    private record Running(ContractApplication application, ContractServer server, Wire wire, ConsoleLog console) {}

    /** Starts the server, see {@link WebhookContract#start}. */
    protected abstract ContractServer start(ContractApplication application) throws Exception;

    /** Returns the known deviations, see {@link WebhookContract#deviations}. */
    protected abstract List<Deviation> deviations();

    /** Returns how long a rule waits, see {@link WebhookContract#patience}. */
    protected abstract Duration patience();

    @BeforeAll
    void startServer() throws Exception {
        ConsoleLog console = ConsoleLog.begin();
        try {
            ContractApplication application = new ContractApplication();
            ContractServer server = start(application);
            running = new Running(application, server, new Wire(server.address(), patience()), console);
        } finally {
            if (running == null) {
                console.close();
            }
        }
    }

    @AfterAll
    void stopServer() throws Exception {
        if (running != null) {
            try {
                running.server().stop();
            } finally {
                running.application().close();
                running.console().close();
            }
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("The server of the contract did not start");
        }
        return running;
    }

    ContractApplication application() {
        return running().application();
    }

    Wire wire() {
        return running().wire();
    }

    boolean timesOut() {
        return running().server().timesOut();
    }

    String runtime() {
        return running().server().runtime();
    }

    /** Returns all that was logged since the start. */
    String log() {
        return running().console().text() + running().server().log();
    }

    /** Returns an id that no other event of this run has. */
    String newId() {
        return "event-" + ids.incrementAndGet();
    }

    /** Returns an event of the type {@code extracted} from now. */
    FakeFormFlowEvent event(String id) {
        return FormFlowEvents.extracted().withClock(application().clock()).withEventId(id);
    }

    /** Its delivery, as FormFlow would make it. */
    SignedDelivery delivery(String id) {
        return signed(event(id));
    }

    SignedDelivery signed(FakeFormFlowEvent event) {
        return event.signedWith(ContractSecrets.formFlowByEvent());
    }

    /** Returns the delivery of an event to {@link ContractApplication#STRICT}. */
    SignedDelivery strict(FakeFormFlowEvent event) {
        return event.signedWith(ContractSecrets.STRICT);
    }

    /** Returns a body that the secret of {@code extracted} is right for. */
    SignedDelivery signed(byte[] body) {
        return SignedDelivery.of("formflow", body, SigningSecret.ofUtf8(ContractSecrets.EXTRACTED));
    }

    FakeExtractaEvent extractaEvent(String id) {
        return ExtractaEvents.processed().withFiles(ExtractaEvents.file().withFileId(id));
    }

    SignedDelivery extracta(String id) {
        return signed(extractaEvent(id));
    }

    SignedDelivery signed(FakeExtractaEvent event) {
        return event.signedWith(ContractSecrets.EXTRACTA.get(0));
    }

    /** Has the handler throw this for an event, whatever it is. */
    void fails(String id, Supplier<? extends Throwable> failure) {
        application().script(id, () -> {
            throw ContractRun.<RuntimeException>unchecked(failure.get());
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is thrown on as what it is
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    /**
     * Asserts that the handler did not succeed: the sender gets 500, the outcome is a failure, and a redelivery is
     * handled.
     */
    void assertFailed(String path, String id, Exchange exchange) throws Exception {
        int calls = application().calls(id).size();

        Answer answer = exchange.send();

        assertEquals(500, answer.status(), () -> "status; the answer is " + answer);
        assertEquals(calls + 1, application().calls(id).size(), "calls of the handler");
        assertOutcomes(id, DeliveryOutcome.Kind.FAILED);
        application().unscript(id);
        application().encodable(id, true);
        assertEquals(200, wire().send(path, delivery(id)).status(), "status for the redelivery");
        assertEquals(calls + 2, application().calls(id).size(), "calls of the handler after a redelivery");
        assertNotHandled(200, () -> wire().send(path, delivery(id)));
    }

    /** Asserts the outcomes of an event's deliveries up to now, once they are reported. */
    void assertOutcomes(String id, DeliveryOutcome.Kind... expected) throws InterruptedException {
        assertEquals(
                List.of(expected),
                application().outcomesOf(id, expected.length, patience()).stream()
                        .map(DeliveryOutcome::kind)
                        .toList(),
                "outcomes of " + id);
    }

    static String text(FakeFormFlowEvent event) {
        return new String(event.body(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the value of the one signature header. */
    static String signatureOf(SignedDelivery delivery) {
        return delivery.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("X-Webhook-Signature"))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElseThrow();
    }

    /** Asserts that the handler ran once for this event, and that its answer is what the sender got. */
    void assertHandled(String id, Answer answer) {
        assertAll(
                () -> assertEquals(200, answer.status(), () -> "status; the answer is " + answer),
                () -> assertEquals(id, answer.body(), "the handler's own answer"),
                () -> assertEquals(1, application().calls(id).size(), "calls of the handler"));
    }

    /** Sends something; no handler is called, and the sender gets this status and no reason. */
    Answer assertRejected(int status, Exchange exchange) throws Exception {
        Answer answer = assertNotHandled(status, exchange);
        assertProblem(answer);
        return answer;
    }

    /** Sends something; no handler is called, and the sender gets this status. */
    Answer assertNotHandled(int status, Exchange exchange) throws Exception {
        int before = application().callCount();
        Answer answer = exchange.send();
        assertEquals(before, application().callCount(), "calls of handlers");
        assertEquals(status, answer.status(), () -> "status; the answer is " + answer);
        return answer;
    }

    /** Asserts a problem of RFC 9457 with title and status alone. */
    private static void assertProblem(Answer answer) {
        assertTrue(
                answer.header("content-type").orElse("").startsWith("application/problem+json"),
                () -> "a problem document is expected; the answer is " + answer);
        JsonNode problem = json(answer);
        Set<String> members = new TreeSet<>();
        problem.fieldNames().forEachRemaining(members::add);
        assertEquals(Set.of("status", "title"), members, "members of the problem document");
        assertEquals(answer.status(), problem.path("status").asInt(), "status in the problem document");
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("The answer is not JSON: " + answer, e);
        }
    }

    /** Sends a request and gives the answer. */
    @FunctionalInterface
    interface Exchange {
        Answer send() throws Exception;
    }
}
