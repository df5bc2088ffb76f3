package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server under test, and what every rule asks of an answer. */
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

    /** Returns the suite that the rules of this run belong to. */
    abstract Class<? extends ContractRun> suite();

    /** Returns what the server is to serve. */
    abstract ContractApplication newApplication();

    @BeforeAll
    void startServer() throws Exception {
        ConsoleLog console = ConsoleLog.begin();
        try {
            ContractApplication application = newApplication();
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

    Optional<ServerStore> serverStore() {
        return running().server().store();
    }

    /** Moves the time of the receivers, and that of their store. */
    void moveOn(Duration by) throws Exception {
        application().contractClock().moveOn(by);
        Optional<ServerStore> store = serverStore();
        if (store.isPresent()) {
            store.get().timeMoved(by);
        }
    }

    /** Has the receivers' store fail each claim, or work again. */
    void storeIsDown(boolean down) throws Exception {
        Optional<ServerStore> store = serverStore();
        if (store.isPresent()) {
            store.get().down(down);
        } else {
            application().contractStore().down(down);
        }
    }

    /** Returns all that was logged since the start. */
    String log() {
        return running().console().text() + running().server().log();
    }

    /** Returns an id that no other event of this run has. */
    String newId() {
        return "event-" + ids.incrementAndGet();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends something; no handler is called, and the sender gets this status and no reason. */
    Answer assertRejected(int status, Exchange exchange) throws Exception {
        return assertRejected(Set.of(status), exchange);
    }

    /** Sends something; no handler is called, and the sender gets one of these statuses and no reason. */
    Answer assertRejected(Set<Integer> statuses, Exchange exchange) throws Exception {
        Answer answer = assertNotHandled(statuses, exchange);
        assertProblem(answer);
        return answer;
    }

    /** Sends something; no handler is called, and the sender gets this status. */
    Answer assertNotHandled(int status, Exchange exchange) throws Exception {
        return assertNotHandled(Set.of(status), exchange);
    }

    private Answer assertNotHandled(Set<Integer> statuses, Exchange exchange) throws Exception {
        int before = application().callCount();
        Answer answer = exchange.send();
        assertEquals(before, application().callCount(), "calls of handlers");
        assertTrue(statuses.contains(answer.status()), () -> "status " + statuses + "; the answer is " + answer);
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
