package dev.hookseal.jdbc.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * How long a pool may take to hand out a connection.
 *
 * @param name for messages
 * @param waitMillis the time after which it gives up; longer than any other if that is not known
 * @param checkMillis the time that it spends on the check of a connection, which it does not count
 * @param size how many connections it has at most; more than any other if that is not known
 */
public record PoolLimits(String name, long waitMillis, long checkMillis, int size) {
    private static final PoolLimits UNKNOWN = new PoolLimits("", Long.MAX_VALUE, 0, Integer.MAX_VALUE);

    /** Returns those of a data source. */
    public static PoolLimits of(DataSource dataSource) {
        try {
            return Hikari.of(dataSource);
        } catch (NoClassDefFoundError e) {
            return UNKNOWN;
        }
    }

    /** Loaded only where there is HikariCP. */
    private static final class Hikari {
        static PoolLimits of(DataSource dataSource) {
            try {
                if (dataSource.isWrapperFor(HikariDataSource.class)) {
                    HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
                    return new PoolLimits(
                            pool.getPoolName(),
                            pool.getConnectionTimeout(),
                            pool.getValidationTimeout(),
                            pool.getMaximumPoolSize());
                }
            } catch (SQLException e) {
                throw new StoreUnavailableException("The data source failed", e);
            }
            return UNKNOWN;
        }
    }

    /** Returns whether the pool hands out a connection, or gives up, in this time. */
    public boolean isWithin(Duration timeout) {
        return waitMillis <= timeout.toMillis() - checkMillis;
    }

    /** Returns why it does not, and what to set. */
    public String advice(Duration timeout) {
        if (equals(UNKNOWN)) {
            return "how long the data source waits for a connection is not known";
        }
        long half = timeout.toMillis() / 2;
        return "the pool " + name + " waits up to " + waitMillis + " ms for a connection and " + checkMillis
                + " ms for its check. With a connection-timeout and a validation-timeout of " + half
                + " ms each, no such threads are needed";
    }
}
