package dev.hookseal.redis;

import dev.hookseal.WebhookConfigurationException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection. Lettuce connects again where a connection was lost. This class adds what Lettuce leaves to its
 * users: the first connection while Redis is down, a connection that stays open and silent, and a server that has become
 * a replica.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDeliveryStore.class);
    private static final long RETRY_MILLIS = 500;
    // no sender waits yet, and loading the classes takes a while
    private static final long LONGEST_START_MILLIS = 10_000;
    // times the time-out
    private static final int LONGEST_SILENCE = 5;
    private static final int MAX_LATE_CALLS = 10_000;
    // any other error, such as too many clients, may be over soon
    private static final Pattern WRONG_CONFIGURATION = Pattern.compile(
            "WRONGPASS|NOAUTH|NOPERM|ERR (AUTH|Client sent AUTH|invalid password|DB index|invalid DB index)");

    private final Supplier<StatefulRedisConnection<String, String>> connector;
    private final Duration timeout;
    private final EvictionCheck evictionCheck = new EvictionCheck();
    private final ScheduledThreadPoolExecutor background;
    private final BlockingQueue<LateCall> lateCalls = new ArrayBlockingQueue<>(MAX_LATE_CALLS);
    private final AtomicBoolean lateCallsScheduled = new AtomicBoolean();
    private final AtomicBoolean down = new AtomicBoolean();
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private volatile @Nullable RedisCommandExecutionException rejection;
    private volatile @Nullable RedisChannel channel;

    private RedisLink(Supplier<StatefulRedisConnection<String, String>> connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
        this.background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hookseal-redis");
            thread.setDaemon(true);
            return thread;
        });
        background.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Connects, or goes on trying in the background if Redis cannot be reached now.
     *
     * @param connector connects, and may block
     * @throws WebhookConfigurationException if Redis rejects the user or the password
     */
    static RedisLink open(Supplier<StatefulRedisConnection<String, String>> connector, Duration timeout) {
        RedisLink link = new RedisLink(connector, timeout);
        link.background.execute(link::connect);
        try {
            link.firstAttempt.await(LONGEST_START_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RedisCommandExecutionException rejection = link.rejection;
        if (rejection != null) {
            link.close();
            throw new WebhookConfigurationException(
                    "Redis rejects the connection of the delivery store: " + rejection.getMessage(),
                    "check the user name, the password and the database of its URI");
        }
        if (link.channel == null) {
            link.isDown();
        }
        return link;
    }

    /**
     * Runs a script.
     *
     * @throws RedisStoreException at once while Redis is known not to answer; otherwise within the time-out
     */
    long run(ScriptCall call) {
        RedisChannel current = channel;
        if (current == null || !current.isUsable()) {
            isDown();
            throw RedisStoreException.notSent(
                    current != null && current.isSilent() ? "Redis does not answer" : "Redis is not connected");
        }
        try {
            long answer = current.run(call);
            if (down.get() && down.compareAndSet(true, false)) {
                LOG.info("Redis answers again");
            }
            return answer;
        } catch (RedisStoreException e) {
            // it has become a replica, and its name may lead to another server by now
            if (String.valueOf(e.getMessage()).contains("READONLY")) {
                replace(current);
            }
            throw e;
        }
    }

    /**
     * Runs a script as soon as Redis answers, so that a claim does not outlive the outage in which it could not be
     * settled. Given up with this process, or after an hour; then the claim's lease ends it.
     */
    void runLater(ScriptCall call) {
        add(new LateCall(call, System.nanoTime() + TimeUnit.HOURS.toNanos(1)));
    }

    private void add(LateCall late) {
        if (lateCalls.offer(late) && lateCallsScheduled.compareAndSet(false, true)) {
            later(RETRY_MILLIS, this::runLateCalls);
        }
    }

    private void runLateCalls() {
        lateCallsScheduled.set(false);
        for (LateCall late = lateCalls.poll(); late != null; late = lateCalls.poll()) {
            try {
                run(late.call());
            } catch (RedisStoreException e) {
                if (System.nanoTime() - late.deadline() < 0) {
                    add(late);
                }
                return;
            }
        }
    }

    private void connect() {
        StatefulRedisConnection<String, String> connection;
        try {
            connection = connector.get();
        } catch (RuntimeException e) {
            if (firstAttempt.getCount() > 0) {
                LOG.warn("The first connection to Redis failed, and is tried again: {}", e.getMessage());
            }
            if (e.getCause() instanceof RedisCommandExecutionException cause
                    && WRONG_CONFIGURATION
                            .matcher(String.valueOf(cause.getMessage()))
                            .lookingAt()) {
                rejection = cause;
            }
            firstAttempt.countDown();
            later(RETRY_MILLIS, this::connect);
            return;
        }
        channel = new RedisChannel(connection, timeout, this::silent);
        firstAttempt.countDown();
        evictionCheck.on(connection);
    }

    private void silent(RedisChannel channel) {
        isDown();
        // The network may have forgotten the connection without telling either side.
        later(timeout.multipliedBy(LONGEST_SILENCE).toMillis(), () -> {
            if (channel.isSilent()) {
                replace(channel);
            }
        });
    }

    private synchronized void replace(RedisChannel old) {
        if (channel == old) {
            channel = null;
            Future<?> unused = old.connection().closeAsync();
            background.execute(this::connect);
        }
    }

    private void isDown() {
        if (!down.get() && down.compareAndSet(false, true)) {
            LOG.warn("Redis does not answer: deliveries get 503 until it does");
        }
    }

    private void later(long millis, Runnable task) {
        Future<?> unused = background.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        background.shutdownNow();
        RedisChannel current = channel;
        channel = null;
        if (current != null) {
            current.connection().close();
        }
    }

    private record LateCall(ScriptCall call, long deadline) {}
}
