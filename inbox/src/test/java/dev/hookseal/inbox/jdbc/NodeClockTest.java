package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clocks of two nodes differ by 10 minutes from that of the database, which is what they look at. If a lease, a
 * heartbeat or a time to wait were measured by a node's clock, deliveries would be taken for dead, or for due in the
 * future.
 */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NodeClockTest {
    private static final int OTHERS = 50;
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final String HELD_FOR = "select extract(epoch from last_heartbeat - accepted_at) * 1000 / "
            + HEARTBEAT.toMillis() + " from hookseal_inbox where task_instance like '%long'";

    private static PostgresServer server;

    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Map<AttemptResult, Integer> results = new ConcurrentHashMap<>();
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.fast();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, -10})
    void playsNoPart(int minutesAhead) throws Exception {
        try (HikariDataSource pool = poolOfAnotherTime(minutesAhead);
                InboxNode one = node(pool)) {
            FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
            sender.send(one.port(), "long");
            begun.acquire();
            try (InboxNode other = node(pool)) {
                for (int i = 0; i < OTHERS; i++) {
                    sender.send(i % 2 == 0 ? one.port() : other.port(), "fails-once-" + i);
                }
                while (Sql.number(pool, NodeProcess.OPEN) > 1 || Sql.number(pool, HELD_FOR) < 10) {
                    Thread.onSpinWait();
                }
                end.countDown();
                while (Sql.number(pool, NodeProcess.OPEN) > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(Sql.number(pool, "select sum(crashes) from hookseal_inbox"))
                    .isZero();
        }
        assertThat(runs.remove("long")).isEqualTo(1);
        assertThat(runs).hasSize(OTHERS);
        assertThat(runs.values()).containsOnly(2);
        assertThat(results).isEqualTo(Map.of(AttemptResult.FAILED, OTHERS, AttemptResult.HANDLED, OTHERS + 1));
    }

    /** Returns connections on which the database's time differs from that of all others. */
    private static HikariDataSource poolOfAnotherTime(int minutesAhead) throws Exception {
        String schema = minutesAhead > 0 ? "ahead" : "behind";
        try (HikariDataSource direct = PostgresServer.pool(server.url())) {
            Sql.execute(direct, "create schema " + schema);
            for (String function : new String[] {"clock_timestamp", "now"}) {
                Sql.execute(
                        direct,
                        "create function " + schema + "." + function
                                + "() returns timestamptz language sql as 'select pg_catalog." + function
                                + "() + interval ''" + minutesAhead + " minutes'''");
            }
        }
        return PostgresServer.pool(server.url() + "&options=-c%20search_path=" + schema + ",pg_catalog");
    }

    private InboxNode node(HikariDataSource pool) throws IOException {
        return InboxNode.start(
                pool,
                InboxNode.Listener.plain((webhook, attempt) -> {
                    String eventId = webhook.event().eventId();
                    int run = runs.merge(eventId, 1, Integer::sum);
                    if (eventId.equals("long")) {
                        begun.release();
                        end.await();
                    } else if (run == 1) {
                        throw new IllegalStateException("The first attempt fails");
                    }
                }),
                workers -> workers.heartbeat(HEARTBEAT)
                        .retries(new RetryPolicy(3, Duration.ofMillis(100), 2, Duration.ofSeconds(1), 3))
                        .observer(outcome -> results.merge(outcome.result(), 1, Integer::sum)));
    }
}
