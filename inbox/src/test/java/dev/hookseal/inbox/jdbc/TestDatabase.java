package dev.hookseal.inbox.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.database.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
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
                // it ends with this process
                HikariDataSource pool =
                        PostgresServer.pool(PostgresServer.fast().url());
                pool.setMaximumPoolSize(30);
                return pool;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
