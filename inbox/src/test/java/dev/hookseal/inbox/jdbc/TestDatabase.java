package dev.hookseal.inbox.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The databases of the tests. */
enum TestDatabase {
    /** A new one in memory each time. */
    H2 {
        @Override
        DataSource empty() throws SQLException {
            return withBusinessTable(
                    JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", ""));
        }
    },

    /** One server for all tests of this process, which ends with it. It may lose what it has committed. */
    POSTGRESQL {
        @Override
        DataSource empty() throws SQLException {
            DataSource pool = Server.POOL;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists hookseal_inbox, business");
            }
            return withBusinessTable(pool);
        }
    };

    abstract DataSource empty() throws SQLException;

    private static DataSource withBusinessTable(DataSource dataSource) throws SQLException {
        JdbcContractInbox.createBusinessTable(dataSource);
        return dataSource;
    }

    private static final class Server {
        static final HikariDataSource POOL = start();

        private static HikariDataSource start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                Path.of("target", "postgres").toAbsolutePath().toFile())
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start();
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
                config.setConnectionTimeout(1_000);
                config.setValidationTimeout(1_000);
                config.setMaximumPoolSize(30);
                return new HikariDataSource(config);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
