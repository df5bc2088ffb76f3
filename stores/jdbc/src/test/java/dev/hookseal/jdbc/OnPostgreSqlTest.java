package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.contract.SharedDeliveryStoreContract;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.fixture.database.PostgresServer;
import dev.hookseal.fixture.database.Sql;
import dev.hookseal.jdbc.internal.StoreUnavailableException;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on PostgreSQL, and what is said of it alone. */
class OnPostgreSqlTest extends SharedDeliveryStoreContract {
    private static PostgresServer server;
    private static HikariDataSource pool;

    private final List<JdbcDeliveryStore> stores = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.fast();
        pool = PostgresServer.pool(server.url());
    }

    @AfterAll
    static void stop() throws IOException {
        pool.close();
        server.close();
    }

    @Override
    protected DeliveryStore store(Clock clock) throws SQLException {
        DeliveryStore store = anotherNode(clock);
        Sql.execute(pool, "truncate hookseal_delivery");
        return store;
    }

    @Override
    protected DeliveryStore anotherNode(Clock clock) {
        JdbcDeliveryStore store = JdbcDeliveryStore.builder(pool)
                .initializeSchema(InitializeSchema.ALWAYS)
                .build();
        stores.add(store);
        return store;
    }

    @Override
    protected StoreProcess anotherProcess() {
        return new StoreProcess(PostgresStore.Opener.class, server.url());
    }

    @Override
    protected void timeMoved(Duration by) throws SQLException {
        PostgresStore.moveTime(pool, by);
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

    private static final Duration LEASE = Duration.ofMinutes(5);

    /** What PostgreSQL says that the statement of a claim has written into its log. */
    private static int walRecords(DeliveryKey key) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement claim =
                        connection.prepareStatement("explain (analyze, wal, format json) " + PostgreSql.CLAIM)) {
            claim.setString(1, key.value());
            claim.setString(2, key.value());
            claim.setObject(3, UUID.randomUUID());
            claim.setLong(4, LEASE.toMillis());
            claim.setLong(5, 2_000);
            try (ResultSet plan = claim.executeQuery()) {
                plan.next();
                return Integer.parseInt(plan.getString(1).replaceFirst("(?s).*?\"WAL Records\": (\\d+).*", "$1"));
            }
        }
    }

    @Test
    void aDuplicateWritesNothing() throws SQLException {
        JdbcDeliveryStore store = stores.get(0);
        DeliveryKey handled = new DeliveryKey("formflow:handled", Duration.ofDays(3));
        store.complete(handled, ((DeliveryClaim.Granted) store.claim(handled, LEASE)).token());
        DeliveryKey claimed = new DeliveryKey("formflow:claimed", Duration.ofDays(3));
        store.claim(claimed, LEASE);

        assertThat(walRecords(new DeliveryKey("formflow:new", Duration.ofDays(3))))
                .isPositive();
        assertThat(walRecords(handled)).isZero();
        assertThat(walRecords(claimed)).isZero();
    }

    @Test
    void aPurgeReadsTheIndexAndNotTheTable() throws SQLException {
        Sql.execute(pool, """
                insert into hookseal_delivery
                select 'formflow:' || i, gen_random_uuid(), true,
                       now() + case when i <= 1500 then -1 else 1 end * interval '1 day'
                  from generate_series(1, 20000) i""");
        Sql.execute(pool, "analyze hookseal_delivery");

        assertThat(stores.get(0).purgeOnce()).isEqualTo(1_000);
        assertThat(stores.get(0).purgeOnce()).isEqualTo(500);
        assertThat(stores.get(0).purgeOnce()).isZero();
        try (Connection connection = pool.getConnection();
                PreparedStatement purge = connection.prepareStatement("explain " + PostgreSql.PURGE)) {
            purge.setInt(1, 1_000);
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = purge.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            assertThat(plan)
                    .contains("Index Cond: (expires_at < now())")
                    .doesNotContain("Seq Scan on hookseal_delivery");
        }
    }

    @Test
    void namesTheScriptWhereTheTableIsMissingAndShowsNoPassword() {
        try (HikariDataSource elsewhere =
                PostgresServer.pool(server.url() + "&password=hidden&currentSchema=elsewhere")) {
            assertThatThrownBy(() -> JdbcDeliveryStore.of(elsewhere))
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageStartingWith("The table hookseal_delivery is missing in jdbc:postgresql://127.0.0.1:")
                    .hasMessageContaining("run dev/hookseal/schema/postgresql/V1__hookseal_delivery.sql")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Test
    void takesAConnectionThatDoesNotCommitByItselfOrIsStricter() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setMaximumPoolSize(8);
        try (HikariDataSource strict = new HikariDataSource(config);
                JdbcDeliveryStore store = JdbcDeliveryStore.of(strict)) {
            DeliveryKey key = new DeliveryKey("formflow:strict", Duration.ofDays(3));
            UUID token = ((DeliveryClaim.Granted) store.claim(key, LEASE)).token();

            assertThat(stores.get(0).claim(key, LEASE)).isEqualTo(new DeliveryClaim.InProgress());
            assertThat(store.complete(key, token)).isTrue();
            assertThat(stores.get(0).claim(key, LEASE)).isEqualTo(new DeliveryClaim.Completed());
        }
    }

    @Test
    void aClaimThatWaitedForALockClaimsNothingOnceItsCallerHasGivenUp() throws SQLException {
        DeliveryKey key = new DeliveryKey("formflow:locked", Duration.ofDays(3));
        JdbcDeliveryStore store = stores.get(0);
        try (Connection migration = pool.getConnection()) {
            migration.setAutoCommit(false);
            migration.createStatement().execute("lock table hookseal_delivery in access exclusive mode");

            assertThatThrownBy(() -> store.claim(key, LEASE)).isInstanceOf(StoreUnavailableException.class);

            migration.rollback();
            // for the statement that was left behind, which is before this one in the queue for the lock
            migration.createStatement().execute("lock table hookseal_delivery in access exclusive mode");
            migration.rollback();
            migration.setAutoCommit(true);
        }

        assertThat(store.claim(key, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }
}
