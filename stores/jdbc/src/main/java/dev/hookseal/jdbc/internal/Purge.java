package dev.hookseal.jdbc.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what is over from time to time, on a daemon thread. Nodes that start together do not purge together. */
public final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final BooleanSupplier batch;
    private final long intervalMillis;
    private final ScheduledThreadPoolExecutor executor;

    /**
     * Begins.
     *
     * @param name of the thread
     * @param batch deletes some, and returns whether there may be more
     */
    public Purge(String name, BooleanSupplier batch, Duration interval) {
        this.batch = batch;
        this.executor =
                new ScheduledThreadPoolExecutor(1, Connections.daemons(name), new ThreadPoolExecutor.DiscardPolicy());
        this.intervalMillis = interval.toMillis();
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduleNext();
    }

    // from half to one and a half of the interval
    private void scheduleNext() {
        long millis = intervalMillis / 2 + ThreadLocalRandom.current().nextLong(intervalMillis + 1);
        Future<?> unused = executor.schedule(this::run, millis, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            purge();
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                LOG.warn("Deliveries whose retention is over could not be deleted; the next attempt is soon", e);
            }
        }
        scheduleNext();
    }

    private void purge() {
        while (batch.getAsBoolean() && !executor.isShutdown()) {
            LOG.debug("Deleted a batch of deliveries whose retention is over");
        }
    }

    /** Ends it. */
    public void close() {
        // without an interrupt, which would close the file of an H2 database
        executor.shutdown();
    }
}
