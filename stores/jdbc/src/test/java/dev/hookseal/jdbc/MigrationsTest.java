package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The table as the migrations of docs/stores.md create it. */
class MigrationsTest {
    private final DataSource dataSource =
            H2Database.dataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

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
                .isEqualTo(1);

        assertOpens();
    }

    @Test
    void liquibaseCreatesIt() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Liquibase liquibase = new Liquibase(
                        "dev/hookseal/schema/changelog.xml",
                        new ClassLoaderResourceAccessor(),
                        new JdbcConnection(connection))) {
            liquibase.update(new Contexts());
        }

        assertOpens();
    }

    private void assertOpens() {
        assertThatCode(() -> JdbcDeliveryStore.builder(dataSource)
                        .initializeSchema(InitializeSchema.NEVER)
                        .build()
                        .close())
                .doesNotThrowAnyException();
    }
}
