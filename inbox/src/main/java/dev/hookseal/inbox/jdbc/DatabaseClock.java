package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time, read from time to time and counted on in between by the monotonic clock. This node's own clock plays no
 * part: one that is ahead would take the deliveries of others for dead.
 */
final class DatabaseClock implements Clock {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    private final Supplier<Instant> database;
    private volatile Reading reading;

    private record Reading(Instant time, long nanos) {}

    DatabaseClock(Supplier<Instant> database) {
        this.database = database;
        this.reading = read();
    }

    // The time before the call: this clock is never behind the database's, or else it would not see what was accepted a
    // moment ago.
    private Reading read() {
        long before = System.nanoTime();
        return new Reading(database.get(), before);
    }

    /** Reads the database's time again. If that fails, the last reading is counted on. */
    void refresh() {
        try {
            reading = read();
        } catch (RuntimeException e) {
            LOG.debug("The database's time could not be read", e);
        }
    }

    @Override
    public Instant now() {
        Reading last = reading;
        return last.time.plusNanos(System.nanoTime() - last.nanos);
    }
}
