package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.jdbc.internal.PoolLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store checks at its start, on H2. */
class StartTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final DataSource dataSource = H2Database.dataSource(url);

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "ALWAYS"})
    void createsTheTableWhereItIsMissing(InitializeSchema when) {
        open(dataSource, when);

        assertThatCode(() -> open(dataSource, InitializeSchema.NEVER)).doesNotThrowAnyException();
    }

    @Test
    void namesTheScriptWhereTheTableIsMissing() {
        assertThatThrownBy(() -> open(dataSource, InitializeSchema.NEVER))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("The table hookseal_delivery is missing in jdbc:h2:mem:")
                .hasMessageEndingWith(": run dev/hookseal/schema/h2/V1__hookseal_delivery.sql of hookseal-jdbc there,"
                        + " or set hookseal.store.initialize-schema=always");
    }

    @Test
    void createsNothingInAServerUnlessItIsToldTo() throws SQLException {
        try (H2Database database = H2Database.start();
                Connection open = database.dataSource().getConnection()) {
            DataSource server = H2Database.dataSource(database.urlForOthers());

            assertThatThrownBy(() -> open(server, InitializeSchema.EMBEDDED))
                    .isInstanceOf(WebhookConfigurationException.class);
            assertThatCode(() -> open(server, InitializeSchema.ALWAYS)).doesNotThrowAnyException();
            assertThat(open.isClosed()).isFalse();
        }
    }

    @Test
    void rejectsATableWithoutAColumn() throws SQLException {
        execute(
                "create table hookseal_delivery (delivery_key varchar(250) primary key, token uuid, completed boolean)");

        assertThatThrownBy(() -> open(dataSource, InitializeSchema.ALWAYS))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("EXPIRES_AT");
    }

    @Test
    void rejectsATableThatTakesUpperAndLowerCaseForTheSame() throws SQLException {
        execute("create table hookseal_delivery (delivery_key varchar_ignorecase(250) primary key, token uuid,"
                + " completed boolean, expires_at timestamp with time zone)");

        assertThatThrownBy(() -> open(dataSource, InitializeSchema.ALWAYS))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("upper and lower case");
    }

    @Test
    void rejectsAFileThatIsWrittenLater(@TempDir Path folder) {
        DataSource file = H2Database.dataSource("jdbc:h2:file:" + folder.resolve("deliveries"));

        assertThatThrownBy(() -> open(file, InitializeSchema.EMBEDDED))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("writes up to 500 ms after it has committed")
                .hasMessageContaining("add ;WRITE_DELAY=0 to its URL");
    }

    @Test
    void takesAFileThatIsWrittenAtOnce(@TempDir Path folder) {
        DataSource file = H2Database.dataSource("jdbc:h2:file:" + folder.resolve("deliveries") + ";WRITE_DELAY=0");

        assertThatCode(() -> open(file, InitializeSchema.EMBEDDED)).doesNotThrowAnyException();
    }

    @Test
    void rejectsAReadOnlyPool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(reportingReadOnly());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> open(pool, InitializeSchema.EMBEDDED))
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageContaining("read-only");
        }
    }

    // H2's driver has no connections that are read-only
    private DataSource reportingReadOnly() {
        return Answering.as(
                DataSource.class,
                dataSource,
                Map.of(
                        "getConnection",
                        connection -> Answering.as(
                                Connection.class, (Connection) connection, Map.of("isReadOnly", nothing -> true))));
    }

    @Test
    void rejectsADatabaseThatItDoesNotKnow() {
        DataSource other = Answering.as(
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
                                                Map.of("getDatabaseProductName", nothing -> "Oracle"))))));

        assertThatThrownBy(() -> open(other, InitializeSchema.ALWAYS))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("does not know the database Oracle")
                .hasMessageContaining("use PostgreSQL, H2, MariaDB or MySQL");
    }

    @Test
    void saysWhatAPoolThatWaitsTooLongCosts() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setPoolName("orders");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(PoolLimits.of(pool).isWithin(Duration.ofSeconds(2))).isFalse();
            assertThat(PoolLimits.of(pool).advice(Duration.ofSeconds(2)))
                    .isEqualTo(
                            "the pool orders waits up to 30000 ms for a connection and 5000 ms for its check. With a"
                                    + " connection-timeout and a validation-timeout of 1000 ms each, no such threads are needed");
            pool.setConnectionTimeout(1_000);
            pool.setValidationTimeout(1_000);
            assertThat(PoolLimits.of(pool).isWithin(Duration.ofSeconds(2))).isTrue();
        }
    }

    @Test
    void saysOnWhichThreadsItCalls() {
        try (CapturedLog log = CapturedLog.of(Connections.class)) {
            open(dataSource, InitializeSchema.EMBEDDED);

            assertThat(log.lines())
                    .contains("INFO Calls of the delivery store run on separate threads, so that they end within"
                            + " 2000 ms: the JDBC driver has no network time-out");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hookseal.store.initialize-schema | sometimes | hookseal.store.initialize-schema is sometimes: set it to embedded, always or never
            hookseal.store.timeout           | 5s        | hookseal.store.timeout must be from 100ms to 4s, and it is 5s: set it to 4s or less
            hookseal.store.purge-interval    | 0s        | hookseal.store.purge-interval must be from 1s to 24h, and it is 0s: set it to 1s or more
            """)
    void rejectsAWrongProperty(String name, String value, String message) {
        assertThatThrownBy(() ->
                        JdbcDeliveryStore.builder(dataSource).properties(GlobalProperties.of(Map.of(name, value))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void readsTheProperties() {
        GlobalProperties never = GlobalProperties.of(Map.of("hookseal.store.initialize-schema", "Never"));

        assertThatThrownBy(() ->
                        JdbcDeliveryStore.builder(dataSource).properties(never).build())
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        DataSource nowhere = H2Database.dataSource("jdbc:h2:tcp://127.0.0.1:1/mem:nowhere");

        assertThatThrownBy(() -> open(nowhere, InitializeSchema.EMBEDDED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The database of the delivery store does not answer");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static void open(DataSource dataSource, InitializeSchema when) {
        JdbcDeliveryStore.builder(dataSource).initializeSchema(when).build().close();
    }
}
