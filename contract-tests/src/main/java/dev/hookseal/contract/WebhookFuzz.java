package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Sends many requests over raw connections that a seed makes from genuine deliveries of FormFlow, Extracta and a custom
 * provider, most of them with something wrong in the body, the signature, the headers, the request line or the framing.
 * What has to hold of each answer: no 5xx (but for 501 and 505, a server's own to what is not HTTP/1.1), no 2xx to what is
 * not signed, 2xx to what is genuine and well formed, no answer that takes more than 5 seconds, no stack trace and no
 * secret, in the log neither. A finding shows the request, the answer and how often the handler was called for it.
 *
 * <p>The test of an adapter extends it, as it extends {@link WebhookContract}. The system properties
 * {@code hookseal.fuzz.requests} and {@code hookseal.fuzz.seed} say how many and which; unless the first is set, the test
 * is disabled. 200,000 take about a minute.
 */
public abstract class WebhookFuzz {
    private static final String REQUESTS = "hookseal.fuzz.requests";
    private static final int SENDERS = 4;
    private static final int SHOWN = 10;
    // the server's own, to a transfer coding and a version that it does not know (RFC 9112, 6.1; RFC 9110, 15.6.6)
    private static final Set<Integer> NOT_HTTP = Set.of(501, 505);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Starts a server. It is stopped at the end.
     *
     * @throws Exception if it does not start, which fails the test
     */
    protected abstract ContractServer start(ContractApplication application) throws Exception;

    @Test
    @EnabledIfSystemProperty(named = REQUESTS, matches = "\\d+")
    void answersEachRequestAsItShould() throws Exception {
        int requests = Integer.getInteger(REQUESTS);
        long seed = Long.getLong("hookseal.fuzz.seed", 16);
        List<String> found = run(requests, seed);
        assertEquals(List.of(), found.stream().limit(SHOWN).toList(), () -> found.size() + " findings, seed " + seed);
    }

    /** Sends the requests, and returns what was wrong with the answers. */
    List<String> run(int requests, long seed) throws Exception {
        ContractApplication application = new ContractApplication(List.of());
        ContractServer server = start(application);
        try {
            sendAll(server.address(), application, requests, seed);
            check(server.log());
        } finally {
            server.stop();
            application.close();
        }
        if (taken.get() < requests / 20) {
            findings.add("Only " + taken + " of " + requests + " were answered with 2xx");
        }
        return List.copyOf(findings);
    }

    private void sendAll(URI address, ContractApplication application, int requests, long seed) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                FuzzRequests made = new FuzzRequests(
                        seed * SENDERS + sender,
                        "fuzz-" + sender + "-",
                        application.clock().instant());
                work.add(() -> {
                    send(address, application, made, requests / SENDERS);
                    return null;
                });
            }
            for (Future<Void> done : senders.invokeAll(work)) {
                done.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private void send(URI address, ContractApplication application, FuzzRequests made, int count) throws IOException {
        RawConnection connection = null;
        try {
            for (int i = 0; i < count && findings.size() < 10 * SHOWN; i++) {
                if (connection == null) {
                    connection = new RawConnection(address, TIME_LIMIT).resetsOnClose();
                }
                if (!exchange(connection, application, made.next())) {
                    connection.close();
                    connection = null;
                }
            }
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** Sends a request; tells whether the connection can be used again. */
    private boolean exchange(RawConnection connection, ContractApplication application, FuzzRequest request) {
        try {
            connection.write(request.bytes());
            if (request.isLast()) {
                connection.end();
            }
            boolean goesOn = request.keepsConnection();
            for (int i = 0; i < request.answers(); i++) {
                Optional<Answer> answer = connection.answerIfAny(!request.isToHead());
                judge(request, answer.orElse(null), application);
                goesOn &= answer.isPresent()
                        && request.mustBeTaken()
                        && answer.get().header("connection").stream().noneMatch("close"::equalsIgnoreCase);
            }
            return goesOn;
        } catch (SocketTimeoutException e) {
            findings.add("No answer within 5 seconds to\n" + request);
        } catch (IOException e) {
            if (request.mustBeTaken()) {
                findings.add("No answer (" + e + ") to\n" + request);
            }
        } catch (RuntimeException e) {
            findings.add("No HTTP (" + e + ") in the answer to\n" + request);
        }
        return false;
    }

    private void judge(FuzzRequest request, @Nullable Answer answer, ContractApplication application) {
        // the same delivery twice, which a server may handle at the same time
        boolean inProgress = request.answers() > 1 && answer != null && answer.status() == 409;
        if (answer == null) {
            if (request.mustBeTaken()) {
                findings.add("No answer to\n" + request);
            }
            return;
        }
        boolean success = answer.status() >= 200 && answer.status() < 300;
        if (answer.status() >= 500 && !NOT_HTTP.contains(answer.status()) && !request.isElsewhere()) {
            find(answer.status() + " to", request, answer, application);
        } else if (success && !request.mayBeTaken()) {
            find(answer.status() + " to what is not genuine", request, answer, application);
        } else if (!success && request.mustBeTaken() && !inProgress) {
            find(answer.status() + " to what is genuine", request, answer, application);
        }
        if (success) {
            taken.incrementAndGet();
        }
        if (!request.isElsewhere()) {
            check(answer.everything());
        }
    }

    private void find(String what, FuzzRequest request, Answer answer, ContractApplication application) {
        findings.add(what + "\n" + request + "\n" + answer + "\nThe handler was called "
                + application.calls(request.id()).size() + " times for " + request.id());
    }

    private void check(String text) {
        if (text.contains("\tat ")) {
            findings.add("A stack trace in\n" + text.substring(0, Math.min(text.length(), 3_000)));
        }
        ContractSecrets.all()
                .filter(text::contains)
                .forEach(secret -> findings.add("A secret in an answer or in the log"));
    }
}
