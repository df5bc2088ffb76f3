package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes on one PostgreSQL get each delivery at the same time; the clock of one is 10 minutes ahead. */
@Tag("full")
@Tag("one-jdk")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TwoNodesTest {
    private static final int DELIVERIES = 500;

    private final FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
    private final CyclicBarrier together = new CyclicBarrier(2);

    @Test
    void handleOnceWhatIsSentToBothAtOnce() throws Exception {
        ExecutorService second = Executors.newSingleThreadExecutor();
        try (PostgresServer server = PostgresServer.durable();
                HikariDataSource direct = PostgresServer.pool(server.url())) {
            NodeProcess.createTable(direct);
            NodeProcess.Settings settings =
                    NodeProcess.Settings.of(server.url()).plain();
            try (NodeProcess one = NodeProcess.start("one", settings);
                    NodeProcess ahead = NodeProcess.start("ahead", settings.ahead(Duration.ofMinutes(10)))) {
                for (int i = 0; i < DELIVERIES; i++) {
                    String eventId = "e-" + i;
                    Future<Integer> other = second.submit(() -> send(ahead, eventId));
                    assertThat(List.of(send(one, eventId), other.get())).containsExactlyInAnyOrder(202, 200);
                }
                while (one.open() > 0) {
                    Thread.onSpinWait();
                }
            }
            System.out.println(DELIVERIES + " deliveries to two processes at once: handled by one "
                    + Sql.text(direct, "select count(*) from handled where node = 'one'") + ", by the one ahead "
                    + Sql.text(direct, "select count(*) from handled where node = 'ahead'"));
            assertThat(Sql.number(direct, "select count(*) from hookseal_inbox"))
                    .isEqualTo(DELIVERIES);
            assertThat(Sql.number(direct, "select count(*) from handled")).isEqualTo(DELIVERIES);
            assertThat(Sql.number(direct, "select count(distinct event_id) from handled"))
                    .isEqualTo(DELIVERIES);
            assertThat(Sql.number(direct, "select sum(crashes) from hookseal_inbox"))
                    .isZero();
        } finally {
            second.shutdownNow();
        }
    }

    private int send(NodeProcess node, String eventId) throws Exception {
        together.await();
        return sender.send(node.port(), eventId).status();
    }
}
