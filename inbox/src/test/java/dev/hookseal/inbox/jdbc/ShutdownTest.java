package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.Sql;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application ends while its listeners run. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShutdownTest {
    private static final int WORKERS = 3;
    private static final String CLAIMS =
            "select count(*) from hookseal_inbox where picked = true or picked_by is not null"
                    + " or last_heartbeat is not null";
    private static final String GIVEN_BACK = "select count(*) from hookseal_inbox where inbox_status = 0"
            + " and coalesce(consecutive_failures, 0) = 0 and crashes = 0";

    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);

    @Test
    void givesBackWhatItInterruptsAndCountsNoFailedAttempt() throws Exception {
        EachDatabase.run(dataSource -> {
            Semaphore begun = new Semaphore(0);
            List<AttemptResult> results = new CopyOnWriteArrayList<>();
            InboxNode node = InboxNode.start(
                    dataSource,
                    InboxNode.Listener.plain((webhook, attempt) -> {
                        begun.release();
                        new CountDownLatch(1).await();
                    }),
                    workers -> workers.workers(WORKERS)
                            .shutdownWait(Duration.ofMillis(50))
                            .observer(outcome -> results.add(outcome.result())));
            send(node, begun);

            node.close();

            assertThat(results).containsOnly(AttemptResult.INTERRUPTED).hasSize(WORKERS);
            assertThat(Sql.number(dataSource, CLAIMS)).isZero();
            assertThat(Sql.number(dataSource, GIVEN_BACK)).isEqualTo(WORKERS);
            assertTheNextNodeHandlesThem(dataSource);
        });
    }

    @Test
    void leavesNoClaimThoughItsListenersObeyNoInterrupt() throws Exception {
        EachDatabase.run(dataSource -> {
            Semaphore begun = new Semaphore(0);
            CountDownLatch end = new CountDownLatch(1);
            Semaphore ended = new Semaphore(0);
            InboxNode node = InboxNode.start(
                    dataSource,
                    InboxNode.Listener.plain((webhook, attempt) -> {
                        begun.release();
                        while (end.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                    }),
                    workers -> workers.workers(WORKERS)
                            .shutdownWait(Duration.ofMillis(50))
                            .observer(outcome -> ended.release()));
            send(node, begun);

            node.close();

            assertThat(Sql.number(dataSource, CLAIMS)).isZero();
            assertThat(Sql.number(dataSource, GIVEN_BACK)).isEqualTo(WORKERS);
            end.countDown();
            ended.acquire(WORKERS);
            // what ends later finds another version
            assertThat(Sql.number(dataSource, GIVEN_BACK)).isEqualTo(WORKERS);
            assertTheNextNodeHandlesThem(dataSource);
        });
    }

    @Test
    void letsListenersEndWithinTheirTime() throws Exception {
        EachDatabase.run(dataSource -> {
            Semaphore begun = new Semaphore(0);
            InboxNode node = InboxNode.start(
                    dataSource,
                    InboxNode.Listener.transactional((webhook, attempt) -> {
                        begun.release();
                        while (!attempt.isStopping()) {
                            Thread.onSpinWait();
                        }
                    }),
                    workers -> workers.workers(WORKERS).shutdownWait(Duration.ofSeconds(20)));
            send(node, begun);

            node.close();

            assertThat(Sql.number(dataSource, CLAIMS)).isZero();
            assertThat(Sql.number(dataSource, "select count(*) from hookseal_inbox where inbox_status = 2"))
                    .isEqualTo(WORKERS);
        });
    }

    private void send(InboxNode node, Semaphore begun) throws Exception {
        for (int i = 0; i < WORKERS; i++) {
            assertThat(sender.send(node.port(), "e-" + i).status()).isEqualTo(202);
        }
        begun.acquire(WORKERS);
    }

    private static void assertTheNextNodeHandlesThem(DataSource dataSource) throws Exception {
        Semaphore handled = new Semaphore(0);
        try (InboxNode next = InboxNode.start(
                dataSource,
                InboxNode.Listener.plain((webhook, attempt) -> {
                    assertThat(attempt.number()).isEqualTo(1);
                    handled.release();
                }),
                workers -> {})) {
            assertThat(next.workers().isRunning()).isTrue();
            handled.acquire(WORKERS);
        }
    }
}
