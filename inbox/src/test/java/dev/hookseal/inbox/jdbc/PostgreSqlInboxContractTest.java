package dev.hookseal.inbox.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.contract.ContractInbox;
import dev.hookseal.contract.InboxContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on PostgreSQL. */
class PostgreSqlInboxContractTest extends InboxContract {
    private static EmbeddedPostgres server;
    private static HikariDataSource pool;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "postgres").toAbsolutePath().toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(1_000);
        config.setMaximumPoolSize(30);
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void stopServer() throws IOException {
        pool.close();
        server.close();
    }

    @Override
    protected ContractInbox open() throws Exception {
        JdbcContractInbox.createBusinessTable(pool);
        JdbcContractInbox node = new JdbcContractInbox(pool);
        try (Connection connection = pool.getConnection()) {
            connection.createStatement().execute("truncate hookseal_inbox, business");
        }
        return node;
    }

    @Override
    protected void timeMoved(Duration by) throws Exception {
        JdbcContractInbox.moveTime(pool, by);
    }

    @Override
    protected void write(Connection transaction, String text) throws Exception {
        JdbcContractInbox.write(transaction, text);
    }

    @Override
    protected List<String> written() throws Exception {
        return JdbcContractInbox.written(pool);
    }
}
