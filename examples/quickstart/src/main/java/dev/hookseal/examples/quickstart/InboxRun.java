package dev.hookseal.examples.quickstart;

import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.jdbc.InboxEntry;
import dev.hookseal.inbox.jdbc.InboxOperations;
import dev.hookseal.inbox.jdbc.InboxStatus;
import dev.hookseal.inbox.jdbc.InboxWorkers;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.inbox.jdbc.RetryPolicy;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The inbox, in this process and on H2: a delivery that is accepted, fails twice and is handled, and one that fails for
 * good, is parked, and is run again once its cause is corrected.
 */
final class InboxRun implements AutoCloseable {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("whsec-quickstart-inbox");
    private static final String FLAKY = "flaky";
    private static final String BROKEN = "broken";
    private static final int MAX_ATTEMPTS = 4;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);
    private static final String ROW = "%-56s %-6s %s%n";

    private final JdbcConnectionPool dataSource =
            JdbcConnectionPool.create("jdbc:h2:mem:inbox;DB_CLOSE_DELAY=-1", "", "");
    private final JdbcInbox inbox = JdbcInbox.of(dataSource);
    private final InboxOperations operations = InboxOperations.of(inbox);
    private final WebhookReceiver<FormFlowEvent> receiver = WebhookReceiver.builder(
                    new FormFlowProvider(),
                    EndpointSettings.builder("formflow").secret(SECRET).build())
            .inbox(inbox, Set.of())
            .build();
    private final InboxWorkers workers;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private volatile boolean isCorrected;
    private boolean isRight = true;

    private InboxRun() {
        InboxDispatcher dispatcher = InboxDispatcher.builder()
                .listener(
                        "formflow",
                        receiver::restore,
                        Set.of(),
                        (webhook, attempt) -> handle(webhook.event().eventId(), attempt))
                .build();
        workers = InboxWorkers.builder(inbox, dispatcher)
                .retries(new RetryPolicy(MAX_ATTEMPTS, Duration.ofMillis(50), 2, Duration.ofMillis(200), 3))
                .pollInterval(Duration.ofMillis(20))
                .shutdownWait(Duration.ofSeconds(5))
                .build();
    }

    private void handle(String id, Attempt attempt) {
        attempts.merge(id, 1, Integer::sum);
        if (id.equals(FLAKY) ? attempt.number() < 3 : !isCorrected) {
            throw new IllegalStateException("a service that it needs is down");
        }
    }

    /** Runs it, and returns whether everything went as documented. */
    static boolean run() throws InterruptedException {
        System.out.printf(Locale.ROOT, "%n" + ROW, "the inbox", "status", "what has become of the delivery");
        System.out.println("-".repeat(56) + " ------ " + "-".repeat(72));
        try (InboxRun run = new InboxRun()) {
            run.workers.start();
            run.deliver("accepted; its listener fails twice", FLAKY, 202);
            run.await(FLAKY, InboxStatus.HANDLED, 3);
            run.deliver("the same again", FLAKY, 200);
            run.await(FLAKY, InboxStatus.HANDLED, 3);
            run.deliver("accepted; its listener fails for good", BROKEN, 202);
            run.await(BROKEN, InboxStatus.PARKED, MAX_ATTEMPTS);
            run.isCorrected = true;
            run.check(run.operations.rerun(key(BROKEN)), "an operator runs it again", "");
            run.await(BROKEN, InboxStatus.HANDLED, MAX_ATTEMPTS + 1);
            return run.isRight;
        }
    }

    private static String key(String id) {
        return "formflow:extracted:" + id;
    }

    private void deliver(String what, String id, int expected) {
        Decision<FormFlowEvent> decision = receiver.receive(
                FormFlowEvents.extracted().withEventId(id).signedWith(SECRET).toWebhookRequest());
        int status = decision instanceof Decision.Answered<FormFlowEvent> answered
                ? answered.response().status()
                : 0;
        check(status == expected, what, Integer.toString(status));
    }

    private void await(String id, InboxStatus status, int expectedAttempts) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_RUN.toNanos();
        InboxEntry entry = operations.show(key(id)).orElseThrow();
        while (entry.status() != status && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            entry = operations.show(key(id)).orElseThrow();
        }
        boolean right = entry.status() == status && attempts.getOrDefault(id, 0) == expectedAttempts;
        isRight &= right;
        System.out.printf(
                Locale.ROOT,
                ROW,
                "",
                "",
                entry.status().name().toLowerCase(Locale.ROOT) + ", its listener was called " + attempts.get(id)
                        + " times" + (right ? "" : "  WRONG"));
    }

    private void check(boolean right, String what, String status) {
        isRight &= right;
        System.out.printf(Locale.ROOT, ROW, what, status, right ? "" : "WRONG");
    }

    @Override
    public void close() {
        workers.close();
        inbox.close();
        dataSource.dispose();
    }
}
