package dev.hookseal.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each call on a connection of the data source, outside of any transaction, and within the time-out. What bounds a
 * call depends on what there is:
 *
 * <ul>
 *   <li>A pool that itself gives up in time, and a driver that obeys {@link Connection#setNetworkTimeout}: the call is
 *       made by the thread that needs it.
 *   <li>Anything else, such as a pool that waits for 30 s, or H2, whose driver has no network time-out: the call is made
 *       by another thread, which is left behind when the time is over. There is a bounded number of these.
 * </ul>
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    // as many as are waited for by the threads of a servlet container, and no more than a heap can hold
    private static final int MAX_WATCHED = 200;
    // a database ends one of two statements that wait for each other, and many may be at the same row
    private static final int MAX_ATTEMPTS = 10;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    // calls that may take longer are an operator's, and worth no advice
    private static final Duration LONGEST_OF_A_REQUEST = Duration.ofSeconds(4);

    private final DataSource dataSource;
    private final long timeoutNanos;
    private final String timeout;
    private final String what;
    private final boolean networkTimeout;
    private final boolean watched;
    private volatile boolean closed;
    private final Semaphore permits = new Semaphore(MAX_WATCHED);
    private final ExecutorService threads;

    /** What is done on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T on(Statements statements) throws SQLException;
    }

    private Connections(String what, DataSource dataSource, Duration timeout, boolean networkTimeout, boolean watched) {
        this.what = what;
        this.dataSource = dataSource;
        this.timeoutNanos = timeout.toNanos();
        this.timeout = timeout.toMillis() + " ms";
        this.networkTimeout = networkTimeout;
        this.watched = watched;
        this.threads = new ThreadPoolExecutor(
                0,
                MAX_WATCHED,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("hookseal-" + what.replace(' ', '-')));
    }

    /**
     * Returns the calls on a data source.
     *
     * @param what for messages, such as "delivery store"
     */
    public static Connections of(String what, DataSource dataSource, Duration timeout) {
        PoolLimits pool = PoolLimits.of(dataSource);
        boolean networkTimeout = obeysNetworkTimeout(dataSource);
        boolean watched = !networkTimeout || !pool.isWithin(timeout);
        if (watched && timeout.compareTo(LONGEST_OF_A_REQUEST) <= 0) {
            LOG.info(
                    "Calls of the {} run on separate threads, so that they end within {} ms: {}",
                    what,
                    timeout.toMillis(),
                    networkTimeout ? pool.advice(timeout) : "the JDBC driver has no network time-out");
        }
        return new Connections(what, dataSource, timeout, networkTimeout, watched);
    }

    private static boolean obeysNetworkTimeout(DataSource dataSource) {
        int probe = 4_321;
        try (Connection connection = dataSource.getConnection()) {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, probe);
            boolean obeyed = connection.getNetworkTimeout() == probe;
            connection.setNetworkTimeout(Runnable::run, before);
            return obeyed;
        } catch (SQLException e) {
            // SQLFeatureNotSupportedException, in whatever class a driver puts it
            LOG.debug("The driver has no network time-out", e);
            return false;
        }
    }

    /** Returns a factory of daemon threads with this name and a number. */
    public static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Makes a call.
     *
     * @throws StoreUnavailableException if it fails, or is not over in time
     */
    public <T> T call(Work<T> work) {
        if (closed) {
            throw new StoreUnavailableException("The " + what + " is closed", null);
        }
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            return watched ? watch(work, deadline) : attempt(work, deadline);
        } catch (SQLException e) {
            throw new StoreUnavailableException("The database of the " + what + " failed: " + e.getMessage(), e);
        }
    }

    private <T> T watch(Work<T> work, long deadline) throws SQLException {
        try {
            if (!permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw late(null);
            }
            return submit(work, deadline).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while the database of the " + what + " worked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new StoreUnavailableException("The " + what + " failed", e.getCause());
        }
    }

    // The thread gives its permit back, and not the caller, which may have left it behind.
    private <T> Future<T> submit(Work<T> work, long deadline) {
        boolean submitted = false;
        try {
            Future<T> result = threads.submit(() -> {
                try {
                    return attempt(work, deadline);
                } finally {
                    permits.release();
                }
            });
            submitted = true;
            return result;
        } finally {
            if (!submitted) {
                permits.release();
            }
        }
    }

    private <T> T attempt(Work<T> work, long deadline) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return onOwnTransaction(connection, work, deadline);
            } catch (SQLException e) {
                if (attempt == MAX_ATTEMPTS || !SqlStates.isLostRace(e) || System.nanoTime() >= deadline) {
                    throw e;
                }
            }
            // without a connection, and not all at the same time again
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * LONGEST_PAUSE_NANOS));
        }
    }

    private <T> T onOwnTransaction(Connection connection, Work<T> work, long deadline) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int before = networkTimeout ? connection.getNetworkTimeout() : 0;
        try {
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMillis <= 0) {
                throw late(null);
            }
            if (networkTimeout) {
                connection.setNetworkTimeout(Runnable::run, (int) leftMillis);
            }
            return work.on(new Statements(connection, statementTimeout(leftMillis)));
        } finally {
            restore(connection, autoCommit, before);
        }
    }

    // Where there is a network time-out, it alone counts: PostgreSQL's driver would open another connection to cancel
    // the statement,
    // and wait for up to 10 s for an answer that a stalled network does not give either.
    private int statementTimeout(long leftMillis) {
        return networkTimeout ? 0 : (int) Math.max(1, TimeUnit.MILLISECONDS.toSeconds(leftMillis));
    }

    private void restore(Connection connection, boolean autoCommit, int before) {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (networkTimeout) {
                connection.setNetworkTimeout(Runnable::run, before);
            }
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            // it is broken, and the pool finds out
            LOG.debug("A connection could not be given back as it was", e);
        }
    }

    private StoreUnavailableException late(@Nullable Throwable cause) {
        return new StoreUnavailableException(
                "The database of the " + what + " did not answer within " + timeout, cause);
    }

    /** Ends it. The data source stays open. */
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
