package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.jdbc.internal.PoolLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Handles the deliveries of an inbox on this node: takes those that are due, calls their listeners, and tries failed ones
 * again. Any number of nodes share the work. A delivery that this node has accepted is taken at once, one of another node
 * within the poll interval.
 *
 * @since 0.1.0
 */
public final class InboxWorkers implements AutoCloseable {
    // a node is dead once it has missed so many
    private static final int MISSED_HEARTBEATS = 4;
    // of the poll, the heartbeats and the search for dead nodes
    private static final int UPKEEP_CONNECTIONS = 3;
    // in heartbeats
    private static final int LONGEST_STATEMENT = 30;
    private static final Duration RECORD_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_MARGIN = Duration.ofSeconds(2);

    private final JdbcInbox inbox;
    private final InboxDispatcher dispatcher;
    private final Builder settings;
    private final String process = "hookseal-" + UUID.randomUUID();
    private @Nullable Running running;

    private InboxWorkers(Builder builder) {
        this.inbox = builder.inbox;
        this.dispatcher = builder.dispatcher;
        this.settings = builder;
    }

    /** Begins the workers that hand the deliveries of an inbox to listeners. */
    public static Builder builder(JdbcInbox inbox, InboxDispatcher dispatcher) {
        return new Builder(inbox, dispatcher);
    }

    private record Running(
            Scheduler scheduler, ScheduledExecutorService upkeep, Unrecorded unrecorded, Runnable wake) {}

    /**
     * Starts to handle deliveries. With 0 workers nothing happens: other nodes handle what this one accepts.
     *
     * @throws IllegalStateException if they are started already, or the database does not answer
     */
    public synchronized void start() {
        if (running != null) {
            throw new IllegalStateException("The workers are started already");
        }
        if (settings.workers == 0 || dispatcher.endpoints().isEmpty()) {
            Workers.LOG.info("This node handles no deliveries of the inbox");
            return;
        }
        warnOfSmallPool();
        warnOfEndlessStatements();
        Unrecorded unrecorded = new Unrecorded(inbox);
        DatabaseClock clock = new DatabaseClock(() -> inbox.call(inbox.rows()::now));
        Scheduler scheduler = scheduler(clock, unrecorded);
        ScheduledThreadPoolExecutor upkeep =
                new ScheduledThreadPoolExecutor(2, Connections.daemons("hookseal-inbox-upkeep"));
        upkeep.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        every(upkeep, settings.heartbeat, clock::refresh);
        every(upkeep, RECORD_INTERVAL, unrecorded::record);
        Runnable wake = scheduler::triggerCheckForDueExecutions;
        inbox.onAccepted(wake);
        running = new Running(scheduler, upkeep, unrecorded, wake);
        scheduler.start();
    }

    private void warnOfSmallPool() {
        PoolLimits pool = PoolLimits.of(inbox.dataSource());
        int wanted = settings.workers + UPKEEP_CONNECTIONS;
        if (pool.size() < wanted) {
            Workers.LOG.warn(
                    "The pool {} has at most {} connections, and {} workers with their upkeep use up to {}, besides"
                            + " those of requests: give it more, or set {} to less",
                    pool.name(),
                    pool.size(),
                    settings.workers,
                    wanted,
                    InboxSettings.WORKERS.key());
        }
    }

    // The engine's connections and those of InboxTransactions.of have a network time-out; those of a framework are not
    // ours.
    private void warnOfEndlessStatements() {
        if (settings.transactions == null || inbox.dialect() != InboxDialect.POSTGRESQL) {
            return;
        }
        try (Connection connection = inbox.dataSource().getConnection()) {
            if (connection.getNetworkTimeout() == 0) {
                Workers.LOG.warn(
                        "A listener whose connection to the database goes silent keeps its worker for ever: add"
                                + " socketTimeout=300 to the URL of the database, in seconds, or what your statements take at"
                                + " most");
            }
        } catch (SQLException e) {
            Workers.LOG.debug("The network time-out of a connection is not known", e);
        }
    }

    private static void every(ScheduledExecutorService executor, Duration interval, Runnable task) {
        Future<?> unused =
                executor.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Scheduler scheduler(DatabaseClock clock, Unrecorded unrecorded) {
        List<InboxObserver> observers = new ArrayList<>(settings.observers);
        observers.add(0, new LoggingInboxObserver());
        DeliveryRun run = new DeliveryRun(
                inbox,
                dispatcher,
                settings.transactions(),
                settings.retries,
                settings.parkedRetention,
                List.copyOf(observers),
                unrecorded);
        List<Task<?>> tasks = new ArrayList<>();
        dispatcher.endpoints().forEach(endpoint -> tasks.add(new DeliveryTask(endpoint, run)));
        ExecutorService threads = Executors.newFixedThreadPool(settings.workers, Connections.daemons("hookseal-inbox"));
        SchedulerBuilder scheduler = Scheduler.create(
                        new BoundedDataSource(inbox.dataSource(), settings.silence()), tasks)
                .tableName(JdbcInbox.TABLE.name())
                .schedulerName(new SchedulerName.Fixed(process))
                .threads(settings.workers)
                .executorService(threads)
                .clock(clock)
                .serializer(new Bytes())
                .pollingInterval(settings.pollInterval)
                .heartbeatInterval(settings.heartbeat)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.shutdownWait)
                // a name that this node does not know is another version's, and not to be deleted
                .deleteUnresolvedAfter(Duration.ofDays(36_500))
                .failureLogging(LogLevel.OFF, false);
        inbox.dialect().poll(scheduler);
        return scheduler.build();
    }

    /** Whatever is stored, the engine sees bytes: none can keep it from polling. */
    private static final class Bytes implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }

    /** Returns whether they have been started, and not closed. */
    public synchronized boolean isRunning() {
        return running != null;
    }

    /**
     * Ends the work. No more deliveries are taken; listeners that run have the time of {@code hookseal.inbox.shutdown-wait}
     * and are then interrupted. What is not complete is given back to other nodes.
     */
    @Override
    public synchronized void close() {
        if (running == null) {
            return;
        }
        Running ended = running;
        running = null;
        inbox.removeOnAccepted(ended.wake);
        stop(ended.scheduler);
        ended.unrecorded.record();
        ended.upkeep.shutdownNow();
        giveBack();
    }

    // The engine waits again after it has interrupted, for as long as before: a listener that obeys no interrupt would
    // keep
    // the application from its end.
    private void stop(Scheduler scheduler) {
        Thread stopping = new Thread(scheduler::stop, "hookseal-inbox-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(settings.shutdownWait.plus(STOP_MARGIN).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack() {
        try {
            int given = inbox.call(statements -> inbox.rows().giveBackAll(statements, process));
            if (given > 0) {
                Workers.LOG.info("Gave {} deliveries back whose listeners did not end in time", given);
            }
        } catch (RuntimeException e) {
            Workers.LOG.warn("Deliveries could not be given back; other nodes take them once this one is dead", e);
        }
    }

    /** The settings of {@link InboxWorkers}. */
    public static final class Builder {
        private final JdbcInbox inbox;
        private final InboxDispatcher dispatcher;
        private final List<InboxObserver> observers = new ArrayList<>();
        private @Nullable InboxTransactions transactions;
        private int workers = 5;
        private RetryPolicy retries = RetryPolicy.DEFAULT;
        private Duration pollInterval = Duration.ofSeconds(1);
        private Duration heartbeat = Duration.ofSeconds(10);
        private Duration shutdownWait = Duration.ofSeconds(25);
        private @Nullable Duration parkedRetention;

        private Builder(JdbcInbox inbox, InboxDispatcher dispatcher) {
            this.inbox = Objects.requireNonNull(inbox, "inbox");
            this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
        }

        /**
         * Sets how transactional listeners run; by JDBC alone unless set. By JDBC, a statement of a listener that takes
         * longer than 30 heartbeats, which is 5 minutes unless set, is taken for one of a database that has gone, and
         * fails.
         */
        public Builder transactions(InboxTransactions how) {
            this.transactions = Objects.requireNonNull(how, "how");
            return this;
        }

        /** Adds one that hears the outcome of each attempt, besides the log. */
        public Builder observer(InboxObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * Sets how many deliveries this node handles at once; 5 unless set. With 0 it handles none.
         *
         * @throws WebhookConfigurationException if it is not from 0 to 1,000
         */
        public Builder workers(int number) {
            this.workers = InboxSettings.WORKERS.check("workers", number);
            return this;
        }

        /** Sets when failed deliveries are tried again. */
        public Builder retries(RetryPolicy policy) {
            this.retries = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets how often this node looks for retries and for what other nodes have accepted; every second unless set.
         *
         * @throws WebhookConfigurationException if it is not from 10 ms to 10 minutes
         */
        public Builder pollInterval(Duration interval) {
            this.pollInterval = InboxSettings.POLL_INTERVAL.check("pollInterval", interval);
            return this;
        }

        /**
         * Sets how often this node shows that it lives; every 10 s unless set. All nodes have the same.
         *
         * @throws WebhookConfigurationException if it is not from 100 ms to 10 minutes
         */
        public Builder heartbeat(Duration interval) {
            this.heartbeat = InboxSettings.HEARTBEAT.check("heartbeat", interval);
            return this;
        }

        /**
         * Sets how long running listeners may take when the workers are closed; 25 s unless set.
         *
         * @throws WebhookConfigurationException if it is not from 1 ms to 1 hour
         */
        public Builder shutdownWait(Duration wait) {
            this.shutdownWait = InboxSettings.SHUTDOWN_WAIT.check("shutdownWait", wait);
            return this;
        }

        /**
         * Takes what is configured below {@code hookseal.inbox}.
         *
         * @throws WebhookConfigurationException if a value is wrong
         */
        public Builder properties(GlobalProperties properties) {
            workers = properties.value(InboxSettings.WORKERS).orElseThrow();
            retries = RetryPolicy.of(properties);
            pollInterval = properties.value(InboxSettings.POLL_INTERVAL).orElseThrow();
            heartbeat = properties.value(InboxSettings.HEARTBEAT).orElseThrow();
            shutdownWait = properties.value(InboxSettings.SHUTDOWN_WAIT).orElseThrow();
            parkedRetention = properties.value(InboxSettings.PARKED_RETENTION).orElse(null);
            return this;
        }

        private InboxTransactions transactions() {
            return transactions == null
                    ? InboxTransactions.of(
                            new BoundedDataSource(inbox.dataSource(), heartbeat.multipliedBy(LONGEST_STATEMENT)))
                    : transactions;
        }

        // Longer than a poll of large bodies takes, and short enough that the node is not dead when it gives up.
        private Duration silence() {
            Duration two = heartbeat.multipliedBy(2);
            return two.compareTo(Duration.ofSeconds(30)) < 0 ? two : Duration.ofSeconds(30);
        }

        /** Returns the workers, which are not started yet. */
        public InboxWorkers build() {
            return new InboxWorkers(this);
        }
    }
}
