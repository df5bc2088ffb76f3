package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.contract.SharedDeliveryStoreContract;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.jdbc.internal.PoolLimits;
import dev.hookseal.store.DeliveryStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract on MariaDB, with its own statements and with those for MySQL. */
@Tag("full")
@Tag("one-jdk")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the MariaDB of the tests is for Linux on x86")
class OnMariaDbTest {
    private static MariaDbServer server;
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
        pool = MariaDbServer.pool(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
        server.stop();
    }

    @Test
    void rejectsACollationThatFoldsCase() throws SQLException {
        Sql.execute(pool, "drop table if exists hookseal_delivery");
        Sql.execute(
                pool,
                "create table hookseal_delivery (delivery_key varchar(250) character set utf8mb4"
                        + " collate utf8mb4_general_ci primary key, token char(36), completed boolean, expires_at datetime(6))");
        try {
            assertThatThrownBy(() -> JdbcDeliveryStore.of(pool))
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageContaining("collation utf8mb4_general_ci")
                    .hasMessageContaining("ascii_bin, as dev/hookseal/schema/mariadb/V1__hookseal_delivery.sql does");
        } finally {
            Sql.execute(pool, "drop table hookseal_delivery");
        }
    }

    @Test
    void callsOnTheThreadThatNeedsIt() {
        assertThat(PoolLimits.of(pool).isWithin(Duration.ofSeconds(2))).isTrue();
    }

    @Nested
    class WithItsOwnStatements extends Contract {
        WithItsOwnStatements() {
            super(pool, MariaDbServer.Opener.class);
        }
    }

    @Nested
    class WithTheStatementsForMySql extends Contract {
        WithTheStatementsForMySql() {
            super(MariaDbServer.asMySql(pool), MariaDbServer.MySqlOpener.class);
        }
    }

    abstract static class Contract extends SharedDeliveryStoreContract {
        private final DataSource dataSource;
        private final Class<? extends StoreProcess.Opener> opener;
        private final List<JdbcDeliveryStore> stores = new ArrayList<>();

        Contract(DataSource dataSource, Class<? extends StoreProcess.Opener> opener) {
            this.dataSource = dataSource;
            this.opener = opener;
        }

        @Override
        protected DeliveryStore store(Clock clock) throws SQLException {
            DeliveryStore store = anotherNode(clock);
            Sql.execute(pool, "delete from hookseal_delivery");
            return store;
        }

        @Override
        protected DeliveryStore anotherNode(Clock clock) {
            JdbcDeliveryStore store = JdbcDeliveryStore.builder(dataSource)
                    .initializeSchema(InitializeSchema.ALWAYS)
                    .build();
            stores.add(store);
            return store;
        }

        @Override
        protected StoreProcess anotherProcess() {
            return new StoreProcess(opener, server.url());
        }

        @Override
        protected void timeMoved(Duration by) throws SQLException {
            MariaDbServer.moveTime(pool, by);
        }

        @Override
        protected Duration margin() {
            return Duration.ofSeconds(30);
        }

        @Override
        protected void purge() {
            stores.get(0).purgeOnce();
        }

        @AfterEach
        void close() {
            stores.forEach(JdbcDeliveryStore::close);
        }
    }
}
