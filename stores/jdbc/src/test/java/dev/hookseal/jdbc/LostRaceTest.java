package dev.hookseal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a call that the database ends for the sake of another. */
class LostRaceTest {
    private static final DeliveryKey KEY = new DeliveryKey("formflow:lost-race", Duration.ofHours(1));
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final LosingDataSource dataSource = new LosingDataSource();
    private JdbcDeliveryStore store;

    /** Fails instead of opening a connection, as often as it is told to. */
    private static final class LosingDataSource extends HikariDataSource {
        private final AtomicInteger calls = new AtomicInteger();
        private SQLException failure;
        private int times;

        LosingDataSource() {
            setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        void fail(int number, SQLException with) {
            calls.set(0);
            times = number;
            failure = with;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (calls.incrementAndGet() <= times) {
                throw failure;
            }
            return super.getConnection();
        }
    }

    @BeforeEach
    void open() {
        store = JdbcDeliveryStore.of(dataSource);
    }

    @AfterEach
    void close() {
        store.close();
        dataSource.close();
    }

    @ParameterizedTest
    @CsvSource({"40001, 0", "40P01, 0", "HY000, 1213", "HY000, 1020", "HY000, 90131"})
    void isMadeAgain(String state, int code) {
        dataSource.fail(9, new SQLException("deadlock", state, code));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
        assertThat(dataSource.calls).hasValue(10);
    }

    @Test
    void failsAfterTenTimes() {
        dataSource.fail(100, new SQLTransactionRollbackException("deadlock", "40001"));

        assertThatThrownBy(() -> store.claim(KEY, LEASE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The database of the delivery store failed: deadlock");
        assertThat(dataSource.calls).hasValue(10);
    }

    @Test
    void failsAtOnceForAnotherReason() {
        dataSource.fail(100, new SQLException("connection refused", "08001"));

        assertThatThrownBy(() -> store.claim(KEY, LEASE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The database of the delivery store failed: connection refused");
        assertThat(dataSource.calls).hasValue(1);
    }
}
