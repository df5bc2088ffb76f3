package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.TcpProxy;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.inbox.Attempt;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL is cut off, or no longer answers, while a node accepts and handles deliveries. */
@Tag("full")
@Tag("one-jdk")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DatabaseOutageTest {
    private static final int SENDERS = 8;
    private static final int WORKERS = 10;
    private static final int OUTAGES = 10;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final Map<AttemptResult, Integer> results = new ConcurrentHashMap<>();
    private final Semaphore unavailable = new Semaphore(0);
    private final Semaphore successes = new Semaphore(0);
    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
    private final AtomicInteger number = new AtomicInteger();
    private final List<Future<?>> senders = new ArrayList<>();
    private final CyclicBarrier allWorkers = new CyclicBarrier(WORKERS);
    private volatile Duration slowest = Duration.ZERO;
    private volatile boolean over;

    /** How the network comes back after a stall. */
    private enum Return {
        /** What was held back arrives. */
        LATE,
        /** The old connections never say anything again. */
        WITHOUT_THE_OLD_CONNECTIONS,
        /** The old connections are reset. */
        RESET
    }

    @Test
    void tenOutagesLoseNothingAndNothingIsHandledTwice() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (PostgresServer server = PostgresServer.durable();
                HikariDataSource direct = PostgresServer.pool(server.url());
                TcpProxy proxy = new TcpProxy(server.port());
                HikariDataSource pool =
                        PostgresServer.pool(PostgresServer.url(proxy.port()), Duration.ofSeconds(1), 2 * WORKERS)) {
            NodeProcess.createTable(direct);
            try (InboxNode node = InboxNode.start(
                    pool,
                    InboxNode.Listener.transactional(
                            (webhook, attempt) -> handle(webhook.event().eventId(), attempt)),
                    workers -> workers.workers(WORKERS)
                            .retries(new RetryPolicy(50, Duration.ofMillis(100), 2, Duration.ofSeconds(1), 50))
                            .observer(outcome -> results.merge(outcome.result(), 1, Integer::sum)))) {
                for (int i = 0; i < SENDERS; i++) {
                    senders.add(threads.submit(() -> {
                        while (!over) {
                            deliver(node, "e-" + number.incrementAndGet());
                        }
                        return null;
                    }));
                }
                for (int i = 0; i < OUTAGES; i++) {
                    await(successes, 100);
                    interrupt(proxy, i % 2 == 0 ? null : Return.values()[i / 2 % Return.values().length]);
                }
                await(successes, 100);
                over = true;
                for (Future<?> each : senders) {
                    each.get();
                }
                while (Sql.number(direct, NodeProcess.OPEN) > 0) {
                    Thread.onSpinWait();
                }
                assertThatEachWorkerWorks(node, direct);
            }
            assertNothingIsLost(direct);
        } finally {
            over = true;
            threads.shutdownNow();
        }
    }

    private void interrupt(TcpProxy proxy, Return end) throws Exception {
        if (end == null) {
            proxy.cut();
            await(unavailable, 2 * SENDERS);
            proxy.work();
            return;
        }
        proxy.stall();
        await(unavailable, 2 * SENDERS);
        switch (end) {
            case LATE -> proxy.work();
            case WITHOUT_THE_OLD_CONNECTIONS -> proxy.forgetConnections();
            case RESET -> {
                proxy.cut();
                proxy.work();
            }
        }
    }

    private void handle(String eventId, Attempt attempt) throws Exception {
        if (eventId.startsWith("together")) {
            allWorkers.await();
        }
        try (PreparedStatement insert =
                attempt.connection().prepareStatement("insert into handled (event_id, node) values (?, 'node')")) {
            insert.setString(1, eventId);
            insert.executeUpdate();
        }
    }

    /** Redelivers until it is acknowledged. */
    private void deliver(InboxNode node, String eventId) throws Exception {
        while (true) {
            FormFlowSender.Answer answer = sender.send(node.port(), eventId);
            answers.merge(answer.status(), 1, Integer::sum);
            note(answer.time());
            if (answer.status() / 100 == 2) {
                acknowledged.add(eventId);
                successes.release();
                return;
            }
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.retryAfter()).isTrue();
            unavailable.release();
        }
    }

    private synchronized void note(Duration time) {
        slowest = time.compareTo(slowest) > 0 ? time : slowest;
    }

    // a worker that waits for a silent connection would be missing
    private void assertThatEachWorkerWorks(InboxNode node, HikariDataSource direct) throws Exception {
        for (int i = 0; i < WORKERS; i++) {
            deliver(node, "together-" + i);
        }
        while (Sql.number(direct, NodeProcess.OPEN) > 0) {
            Thread.onSpinWait();
        }
    }

    private void assertNothingIsLost(HikariDataSource direct) throws SQLException {
        int handled = Sql.number(direct, "select count(distinct event_id) from handled");
        System.out.println(OUTAGES + " outages: " + acknowledged.size() + " deliveries acknowledged, answers by status "
                + answers + ", slowest answer " + slowest.toMillis() + " ms, attempts " + results + ", "
                + Sql.text(direct, "select sum(crashes) from hookseal_inbox") + " taken over");
        assertThat(slowest).isLessThan(LIMIT);
        assertThat(acknowledged).hasSize(number.get() + WORKERS);
        assertThat(handled).isEqualTo(acknowledged.size());
        assertThat(Sql.number(direct, "select count(*) from handled")).isEqualTo(handled);
        assertThat(Sql.number(direct, "select count(*) from hookseal_inbox where inbox_status = 2"))
                .isEqualTo(handled);
    }

    private void await(Semaphore semaphore, int count) throws Exception {
        semaphore.drainPermits();
        if (!semaphore.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            for (Future<?> each : senders) {
                if (each.isDone()) {
                    each.get();
                }
            }
            fail("After 60 s: answers by status " + answers + ", attempts " + results + ", slowest " + slowest);
        }
    }
}
