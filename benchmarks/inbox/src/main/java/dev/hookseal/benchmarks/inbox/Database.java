package dev.hookseal.benchmarks.inbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.inbox.jdbc.JdbcInbox;
import dev.hookseal.jdbc.InitializeSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A schema of a PostgreSQL, with an inbox. */
final class Database implements AutoCloseable {
    /** As many as work at once, and those of the engine. */
    static final int CONNECTIONS = 40;

    // as JdbcInbox stores a handled delivery, and one that is due
    private static final String HANDLED = """
            insert into hookseal_inbox (task_name, task_instance, execution_time, picked, last_success, version,
                                        event_name, accepted_at, inbox_status, retention_ms, expires_at)
            select 'formflow', 'formflow:extracted:' || gen_random_uuid(), '9999-12-31 00:00:00+00', false, now(), 3,
                   'extracted', now(), 2, 259200000, now() + interval '3 days' + i * interval '1 ms'
              from generate_series(1, ?) i""";
    private static final String DUE = """
            insert into hookseal_inbox (task_name, task_instance, task_data, execution_time, picked, version,
                                        event_name, accepted_at, retention_ms)
            select 'formflow', 'formflow:extracted:' || gen_random_uuid(), ?, now() - i * interval '1 ms', false, 1,
                   'extracted', now(), 259200000
              from generate_series(1, ?) i""";

    private final HikariDataSource pool;
    private final JdbcInbox inbox;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.inbox = JdbcInbox.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
    }

    /** Starts a server that writes as one in production does. */
    static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .start();
    }

    /** Creates a schema. */
    static Database in(EmbeddedPostgres server, String schema) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(1_000);
        return new Database(new HikariDataSource(config));
    }

    HikariDataSource pool() {
        return pool;
    }

    JdbcInbox inbox() {
        return inbox;
    }

    void addHandled(int number) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(HANDLED)) {
            insert.setInt(1, number);
            insert.executeUpdate();
        }
        execute("vacuum analyze hookseal_inbox");
    }

    void addDue(byte[] stored, int number) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(DUE)) {
            insert.setBytes(1, stored);
            insert.setInt(2, number);
            insert.executeUpdate();
        }
        execute("vacuum analyze hookseal_inbox");
        execute("checkpoint");
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        inbox.close();
        pool.close();
    }
}
