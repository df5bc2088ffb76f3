package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two versions of an application on one table, of which the older has no listener for an event. */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TwoVersionsTest {
    private static final String ROW =
            "select inbox_status || ' ' || coalesce(consecutive_failures, 0) || ' ' || crashes"
                    + " from hookseal_inbox";

    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
    private final Semaphore postponed = new Semaphore(0);
    private final Semaphore parked = new Semaphore(0);
    private final Semaphore handled = new Semaphore(0);
    private PostgresServer server;
    private HikariDataSource pool;
    private InboxNode old;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.fast();
        pool = PostgresServer.pool(server.url());
        old = InboxNode.start(
                pool,
                InboxNode.Listener.transactional((webhook, attempt) -> {
                            throw new AssertionError("this event is not its listener's");
                        })
                        .only("extracted"),
                workers -> workers.observer(outcome -> {
                    postponed.release(outcome.result() == AttemptResult.POSTPONED ? 1 : 0);
                    parked.release(outcome.result() == AttemptResult.PARKED ? 1 : 0);
                }));
    }

    @AfterEach
    void stop() throws Exception {
        old.close();
        pool.close();
        server.close();
    }

    private void moveTime(Duration by) throws Exception {
        String earlier = " - interval '" + by.toMillis() + " ms'";
        Sql.execute(
                pool,
                "update hookseal_inbox set execution_time = execution_time" + earlier
                        + ", no_listener_since = no_listener_since" + earlier
                        + " where inbox_status = 0 and not picked");
    }

    @Test
    void theOldOneStepsBackAndTheNewOneHandlesTheEvent() throws Exception {
        assertThat(sender.send(old.port(), "export", "e-1").status()).isEqualTo(202);
        postponed.acquire();

        try (InboxNode current = InboxNode.start(
                pool,
                InboxNode.Listener.transactional((webhook, attempt) -> {
                    assertThat(attempt.number()).isEqualTo(1);
                    handled.release();
                }),
                workers -> {})) {
            assertThat(current.workers().isRunning()).isTrue();
            moveTime(DeliveryRun.POSTPONED_FOR);
            while (!handled.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                // either of them may be first each time
                if (postponed.tryAcquire()) {
                    moveTime(DeliveryRun.POSTPONED_FOR);
                }
            }
            while (Sql.number(pool, NodeProcess.OPEN) > 0) {
                Thread.onSpinWait();
            }
        }

        assertThat(Sql.text(pool, ROW)).isEqualTo("2 0 0");
        assertThat(parked.availablePermits()).isZero();
    }

    @Test
    void isParkedAfterAnHourIfThereIsNoListener() throws Exception {
        sender.send(old.port(), "export", "e-1");
        postponed.acquire();
        moveTime(DeliveryRun.LONGEST_WITHOUT_LISTENER.minusMinutes(1));
        postponed.acquire();
        assertThat(Sql.text(pool, ROW)).isEqualTo("0 0 0");

        moveTime(Duration.ofMinutes(2));
        parked.acquire();

        assertThat(Sql.text(pool, ROW)).isEqualTo("1 0 0");
        assertThat(Sql.text(pool, "select last_error from hookseal_inbox"))
                .contains("No listener takes this event of endpoint formflow");
    }
}
