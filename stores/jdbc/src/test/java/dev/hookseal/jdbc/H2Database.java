package dev.hookseal.jdbc;

import dev.hookseal.contract.StoreProcess;
import dev.hookseal.store.DeliveryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** A database in memory in this process, which serves it to others on a free port of 127.0.0.1. */
public final class H2Database implements AutoCloseable {
    private final String name = "deliveries-" + UUID.randomUUID();
    private final Server server;

    private H2Database(Server server) {
        this.server = server;
    }

    static H2Database start() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        return new H2Database(
                Server.createTcpServer("-tcpPort", "0", "-ifExists").start());
    }

    DataSource dataSource() {
        return dataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    static DataSource dataSource(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    String urlForOthers() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + name;
    }

    /** Opens the store in another process. */
    public static final class Opener implements StoreProcess.Opener {
        @Override
        public DeliveryStore open(String url) {
            return JdbcDeliveryStore.of(dataSource(url));
        }
    }

    /** Does what the passing of time would do. */
    static void moveTime(DataSource dataSource, Duration by) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update hookseal_delivery set expires_at = dateadd('MILLISECOND', ?, expires_at)")) {
            statement.setLong(1, -by.toMillis());
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        try (Connection connection = dataSource().getConnection()) {
            connection.createStatement().execute("shutdown");
        }
    }
}
