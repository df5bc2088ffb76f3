package dev.hookseal.jdbc;

import dev.hookseal.contract.StoreProcess;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.store.DeliveryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** What the tests do with a store in a PostgreSQL. */
public final class PostgresStore {
    private PostgresStore() {}

    /** Opens the store in another process. */
    public static final class Opener implements StoreProcess.Opener {
        @Override
        public DeliveryStore open(String url) {
            return JdbcDeliveryStore.of(PostgresServer.pool(url));
        }
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
}
