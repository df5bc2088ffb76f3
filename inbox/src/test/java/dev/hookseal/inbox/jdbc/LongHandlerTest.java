package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that take longer than any time-out: nothing bounds them, as long as their node shows that it lives. */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LongHandlerTest {
    private static final int WORKERS = 4;
    private static final int OTHERS = 200;
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    // more than after which a silent node is dead
    private static final int HEARTBEATS = 10;
    private static final String HELD_FOR = "select min(extract(epoch from last_heartbeat - accepted_at)) * 1000 / "
            + HEARTBEAT.toMillis() + " from hookseal_inbox where picked";

    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<AttemptResult, Integer> results = new ConcurrentHashMap<>();
    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);

    @Test
    void keepTheirDeliveriesWhileTheEndpointAnswersAndOthersGoOn() throws Exception {
        try (PostgresServer server = PostgresServer.fast();
                HikariDataSource pool = PostgresServer.pool(server.url());
                InboxNode busy = node(pool)) {
            for (int i = 0; i < WORKERS; i++) {
                sender.send(busy.port(), "long-" + i);
            }
            begun.acquire(WORKERS);
            try (InboxNode other = node(pool)) {
                Duration slowest = Duration.ZERO;
                Duration total = Duration.ZERO;
                for (int i = 0; i < OTHERS; i++) {
                    FormFlowSender.Answer answer = sender.send(busy.port(), "short-" + i);
                    assertThat(answer.status()).isEqualTo(202);
                    total = total.plus(answer.time());
                    slowest = answer.time().compareTo(slowest) > 0 ? answer.time() : slowest;
                }
                // by the other node, since all workers of this one are busy
                while (Sql.number(pool, NodeProcess.OPEN) > WORKERS) {
                    Thread.onSpinWait();
                }
                while (Sql.number(pool, HELD_FOR) < HEARTBEATS) {
                    Thread.onSpinWait();
                }
                end.countDown();
                while (Sql.number(pool, NodeProcess.OPEN) > 0) {
                    Thread.onSpinWait();
                }
                System.out.println("Beside listeners of more than " + HEARTBEATS + " heartbeats: " + OTHERS
                        + " answers, " + total.dividedBy(OTHERS).toMillis() + " ms on average, slowest "
                        + slowest.toMillis() + " ms");
                assertThat(total.dividedBy(OTHERS)).isLessThan(Duration.ofMillis(100));
                assertThat(other.workers().isRunning()).isTrue();
            }
            assertThat(runs).hasSize(WORKERS + OTHERS);
            assertThat(runs.values()).containsOnly(1);
        }
        // told after the workers have ended
        assertThat(results).isEqualTo(Map.of(AttemptResult.HANDLED, WORKERS + OTHERS));
    }

    private InboxNode node(HikariDataSource pool) throws Exception {
        return InboxNode.start(
                pool,
                InboxNode.Listener.plain((webhook, attempt) -> {
                    String eventId = webhook.event().eventId();
                    runs.merge(eventId, 1, Integer::sum);
                    if (eventId.startsWith("long")) {
                        begun.release();
                        end.await();
                    }
                }),
                workers -> workers.workers(WORKERS)
                        .heartbeat(HEARTBEAT)
                        .observer(outcome -> results.merge(outcome.result(), 1, Integer::sum)));
    }
}
