package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.jdbc.InitializeSchema;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** What an inbox checks at its start. */
class StartTest {
    private final DataSource dataSource = h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    private static DataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:" + url);
        return dataSource;
    }

    private static void open(DataSource dataSource, InitializeSchema when) {
        JdbcInbox.builder(dataSource).initializeSchema(when).build().close();
    }

    @Test
    void createsTheTableInAnEmbeddedDatabase() {
        open(dataSource, InitializeSchema.EMBEDDED);

        assertThatCode(() -> open(dataSource, InitializeSchema.NEVER)).doesNotThrowAnyException();
    }

    @Test
    void namesTheScriptWhereTheTableIsMissing() {
        assertThatThrownBy(() -> open(dataSource, InitializeSchema.NEVER))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("The table hookseal_inbox is missing in jdbc:h2:mem:")
                .hasMessageEndingWith(": run dev/hookseal/schema/h2/V2__hookseal_inbox.sql of hookseal-inbox there, or"
                        + " set hookseal.store.initialize-schema=always");
    }

    @Test
    void rejectsAFileThatMayLoseWhatWasAccepted(@TempDir Path folder) {
        String file = "file:" + folder.resolve("inbox").toAbsolutePath();

        assertThatThrownBy(() -> open(h2(file), InitializeSchema.EMBEDDED))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("loses deliveries which it has accepted: add ;WRITE_DELAY=0 to its URL");
        assertThatCode(() -> open(h2(file + ";WRITE_DELAY=0"), InitializeSchema.EMBEDDED))
                .doesNotThrowAnyException();
    }

    @Test
    void warnsOfAServerThatMayLoseWhatWasAccepted() throws SQLException {
        DataSource fast = TestDatabase.POSTGRESQL.empty();

        try (CapturedLog log = CapturedLog.ofHookseal()) {
            open(fast, InitializeSchema.ALWAYS);

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "/postgres has fsync and full_page_writes and synchronous_commit off for this application: a crash of"
                                    + " its server may lose deliveries which it has accepted. Set it to on");
        }
    }

    @Test
    void rejectsADatabaseThatFoldsCase() {
        assertThatThrownBy(() -> open(h2("mem:" + UUID.randomUUID() + ";IGNORECASE=TRUE"), InitializeSchema.EMBEDDED))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("takes upper and lower case for the same");
    }

    @Test
    void rejectsADatabaseThatItDoesNotKnow() {
        assertThatThrownBy(() -> open(ofProduct("MariaDB"), InitializeSchema.NEVER))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "The inbox does not run on the database MariaDB at jdbc:mariadb://db/app: use PostgreSQL, or H2"
                                + " for a single node; name its DataSource bean in hookseal.store.data-source if there are"
                                + " several");
    }

    private static DataSource ofProduct(String product) {
        DatabaseMetaData metaData = proxy(DatabaseMetaData.class, method -> switch (method) {
            case "getURL" -> "jdbc:mariadb://db/app?password=hidden";
            default -> product;
        });
        Connection connection = proxy(Connection.class, method -> method.equals("getAutoCommit") ? true : metaData);
        return proxy(DataSource.class, method -> connection);
    }

    private static <T> T proxy(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        method.getReturnType() == void.class ? null : answers.apply(method.getName())));
    }

    @Test
    void flywayCreatesItBesideMigrationsOfTheApplication() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("create table flyway_schema_history (of_the_application int)");
        }

        assertThat(Flyway.configure()
                        .dataSource(dataSource)
                        .locations("classpath:dev/hookseal/schema/h2")
                        .table("hookseal_schema_history")
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load()
                        .migrate()
                        .migrationsExecuted)
                .as("that of the store, and that of the inbox")
                .isEqualTo(2);

        assertThatCode(() -> open(dataSource, InitializeSchema.NEVER)).doesNotThrowAnyException();
    }

    @Test
    void liquibaseCreatesIt() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Liquibase liquibase = new Liquibase(
                        "dev/hookseal/schema/inbox-changelog.xml",
                        new ClassLoaderResourceAccessor(),
                        new JdbcConnection(connection))) {
            liquibase.update(new Contexts());
        }

        assertThatCode(() -> open(dataSource, InitializeSchema.NEVER)).doesNotThrowAnyException();
    }
}
