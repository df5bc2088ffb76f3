package dev.hookseal.inbox.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.jdbc.InitializeSchema;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Runs a test on H2 and on PostgreSQL. */
final class EachDatabase {
    private EachDatabase() {}

    /** What is run. */
    @FunctionalInterface
    interface Body {
        void on(DataSource dataSource) throws Exception;
    }

    static void run(Body body) throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        body.on(h2);
        try (PostgresServer server = PostgresServer.fast();
                HikariDataSource pool = PostgresServer.pool(server.url())) {
            body.on(pool);
        }
    }

    static JdbcInbox inbox(DataSource dataSource) {
        return JdbcInbox.builder(dataSource)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
    }
}
