package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.FormFlowSender;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.inbox.Acceptance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A delivery is accepted in a transaction of the caller's on PostgreSQL, which takes its time. */
class CallersTransactionTest {
    private static final String WAITS_FOR_LOCKS =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into hookseal%'";

    private static PostgresServer server;
    private static HikariDataSource pool;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Semaphore handled = new Semaphore(0);
    private InboxNode node;
    private Connection transaction;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.fast();
        pool = PostgresServer.pool(server.url());
    }

    @AfterAll
    static void stopServer() throws Exception {
        pool.close();
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        node = InboxNode.start(pool, InboxNode.Listener.plain((webhook, attempt) -> handled.release()), workers -> {});
        Sql.execute(pool, "truncate hookseal_inbox");
        transaction = begun();
    }

    @AfterEach
    void end() throws Exception {
        transaction.rollback();
        transaction.close();
        node.close();
        thread.shutdownNow();
    }

    private static Connection begun() throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private Acceptance accept(Connection connection) throws SQLException {
        return node.inbox().accept(Deliveries.verified("e-1"), connection);
    }

    @Test
    void isHandledOnceTheTransactionIsCommitted() throws Exception {
        assertThat(accept(transaction)).isEqualTo(Acceptance.ACCEPTED);
        assertThat(Sql.number(pool, "select count(*) from hookseal_inbox")).isZero();

        transaction.commit();

        handled.acquire();
    }

    @Test
    void leavesNothingIfTheTransactionIsRolledBack() throws Exception {
        assertThat(accept(transaction)).isEqualTo(Acceptance.ACCEPTED);

        transaction.rollback();

        assertThat(Sql.number(pool, "select count(*) from hookseal_inbox")).isZero();
    }

    @Test
    void isADuplicateOnceTheOtherTransactionIsCommitted() throws Exception {
        accept(transaction);
        Future<Acceptance> redelivery = acceptElsewhere();

        transaction.commit();

        assertThat(redelivery.get()).isEqualTo(Acceptance.DUPLICATE);
    }

    @Test
    void isAcceptedOnceTheOtherTransactionIsRolledBack() throws Exception {
        accept(transaction);
        Future<Acceptance> redelivery = acceptElsewhere();

        transaction.rollback();

        assertThat(redelivery.get()).isEqualTo(Acceptance.ACCEPTED);
    }

    /** Accepts the same delivery in another transaction, and returns once that waits. */
    private Future<Acceptance> acceptElsewhere() throws Exception {
        Future<Acceptance> redelivery = thread.submit(() -> {
            try (Connection other = begun()) {
                Acceptance acceptance = accept(other);
                other.commit();
                return acceptance;
            }
        });
        while (Sql.number(pool, WAITS_FOR_LOCKS) == 0) {
            assertThat(redelivery).isNotDone();
        }
        return redelivery;
    }

    @Test
    void saysThatTheLockTimeoutIsOver() throws Exception {
        accept(transaction);

        try (Connection other = begun();
                Statement statement = other.createStatement()) {
            statement.execute("set local lock_timeout = '50ms'");
            assertThatThrownBy(() -> accept(other))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("lock timeout")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("55P03");
            other.rollback();
        }
    }

    @Test
    void aRedeliveryToTheEndpointGets503MeanwhileAnd200Afterwards() throws Exception {
        FormFlowSender sender = new FormFlowSender(InboxNode.SECRET, InboxNode.PATH);
        accept(transaction);

        FormFlowSender.Answer meanwhile = sender.send(node.port(), "e-1");
        assertThat(meanwhile.status()).isEqualTo(503);
        assertThat(meanwhile.retryAfter()).isTrue();
        assertThat(meanwhile.time()).isLessThan(Duration.ofSeconds(5));

        transaction.commit();

        assertThat(sender.send(node.port(), "e-1").status()).isEqualTo(200);
        handled.acquire();
    }
}
