package dev.hookseal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.store.DeliveryStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** A PostgreSQL on a free port of 127.0.0.1, with its data below {@code target}. */
public final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts one that writes as one in production does. */
    static PostgresServer durable() throws IOException {
        return start("on");
    }

    /** Starts one that is fast, and may lose what it has committed when it is killed. */
    static PostgresServer fast() throws IOException {
        return start("off");
    }

    private static PostgresServer start(String durable) throws IOException {
        Path folder = Path.of("target", "postgres").toAbsolutePath();
        return new PostgresServer(EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                // all of them are off unless set
                .setServerConfig("fsync", durable)
                .setServerConfig("synchronous_commit", durable)
                .setServerConfig("full_page_writes", durable)
                .setServerConfig("max_connections", "200")
                .start());
    }

    int port() {
        return postgres.getPort();
    }

    String url() {
        return url(port());
    }

    /** Returns the URL through a proxy. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** Returns a pool whose time-outs fit those of the store. */
    static HikariDataSource pool(String url) {
        return pool(url, Duration.ofSeconds(1));
    }

    static HikariDataSource pool(String url, Duration wait) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(Math.min(wait.toMillis(), 5_000));
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    /** Does what the passing of time would do. */
    static void moveTime(DataSource dataSource, Duration by) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update hookseal_delivery set expires_at = expires_at - ? * interval '1 millisecond'")) {
            statement.setLong(1, by.toMillis());
            statement.executeUpdate();
        }
    }

    static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Opens the store in another process. */
    public static final class Opener implements StoreProcess.Opener {
        @Override
        public DeliveryStore open(String url) {
            return JdbcDeliveryStore.of(pool(url));
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
