package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes, each a process, on one PostgreSQL that writes as in production; the clock of one is 10 minutes ahead. */
@Tag("full")
@Tag("one-jdk")
class TwoProcessesTest {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static PostgresServer server;
    private static HikariDataSource pool;

    private final FormFlowSender sender = new FormFlowSender(Node.SECRET, Node.PATH);

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = PostgresServer.durable();
        pool = PostgresServer.pool(server.url());
        Sql.execute(pool, "create table handled (event_id varchar(100) not null)");
        JdbcDeliveryStore.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build()
                .close();
    }

    @AfterAll
    static void stop() throws IOException {
        pool.close();
        server.close();
    }

    @Test
    void handleOnceWhatIsSentToBothAtOnce() throws Exception {
        try (NodeProcess one = NodeProcess.start(server.url(), Duration.ZERO);
                NodeProcess ahead = NodeProcess.start(server.url(), AHEAD)) {
            Map<Integer, Integer> answers = new SimultaneousDeliveries().assertHandledOnce(one, ahead, pool);

            System.out.println("PostgreSQL, 1000 deliveries to two processes at once: answers by status " + answers);
        }
    }

    @Test
    void handleAgainWhatAKilledNodeHadClaimedOnceTheLeaseIsOver() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (NodeProcess other = NodeProcess.start(server.url(), AHEAD)) {
            NodeProcess killed = NodeProcess.start(server.url(), Duration.ZERO);
            Future<FormFlowSender.Answer> unanswered = thread.submit(() -> sender.send(killed.port(), "stuck-1"));
            killed.awaitHandling();
            killed.kill();
            assertThat(unanswered).failsWithin(Duration.ofSeconds(30));

            assertThat(sender.send(other.port(), "stuck-1").status()).isEqualTo(409);
            PostgresStore.moveTime(pool, LEASE.minusSeconds(30));
            assertThat(sender.send(other.port(), "stuck-1").status()).isEqualTo(409);
            assertThat(runs()).isEqualTo(1);

            PostgresStore.moveTime(pool, Duration.ofSeconds(31));
            Future<?> unused = thread.submit(() -> sender.send(other.port(), "stuck-1"));
            other.awaitHandling();
            assertThat(runs()).isEqualTo(2);
        } finally {
            thread.shutdownNow();
        }
    }

    private static int runs() throws SQLException {
        return Integer.parseInt(Sql.text(pool, "select count(*) from handled where event_id = 'stuck-1'"));
    }
}
