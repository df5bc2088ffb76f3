package dev.hookseal.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection, and whether Redis answers on it. A connection that stays open and brings no answers is silent; one PING
 * waits on it, behind all that was sent before, and its answer ends the silence.
 */
final class RedisChannel {
    private final StatefulRedisConnection<String, String> connection;
    private final Duration timeout;
    private final Consumer<RedisChannel> onSilence;
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean silent;

    /**
     * Creates the channel of a connection.
     *
     * @param onSilence is told when Redis no longer answers
     */
    RedisChannel(
            StatefulRedisConnection<String, String> connection, Duration timeout, Consumer<RedisChannel> onSilence) {
        this.connection = connection;
        this.timeout = timeout;
        this.onSilence = onSilence;
    }

    StatefulRedisConnection<String, String> connection() {
        return connection;
    }

    /** Returns whether a call may be sent: Lettuce has not lost the connection, and Redis answers on it. */
    boolean isUsable() {
        return connection.isOpen() && !silent;
    }

    /** Returns whether the connection is open and brings no answers. */
    boolean isSilent() {
        return silent;
    }

    /**
     * Runs a script, within the time-out.
     *
     * @throws RedisStoreException if Redis rejects it, or does not answer in time
     */
    long run(ScriptCall call) {
        long start = System.nanoTime();
        try {
            long answer;
            try {
                answer = await(call.sendName(connection.async()), start);
            } catch (RedisNoScriptException e) {
                answer = await(call.sendText(connection.async()), start);
            }
            lastAnswer = System.nanoTime();
            return answer;
        } catch (RedisCommandExecutionException e) {
            lastAnswer = System.nanoTime();
            throw RedisStoreException.unknown("Redis rejected a script: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            if (lastAnswer - start < 0) {
                fallSilent();
            }
            throw RedisStoreException.unknown("Redis did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RedisStoreException.unknown("Interrupted while waiting for Redis", e);
        } catch (ExecutionException | RuntimeException e) {
            throw RedisStoreException.unknown("The connection to Redis failed", e);
        }
    }

    private long await(RedisFuture<Long> answer, long start)
            throws InterruptedException, TimeoutException, ExecutionException {
        try {
            return answer.get(timeout.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException rejected) {
                throw rejected;
            }
            if (e.getCause() instanceof RedisCommandTimeoutException late) {
                // the application's client has a time-out, which is shorter
                throw (TimeoutException) new TimeoutException(late.getMessage()).initCause(late);
            }
            throw e;
        } catch (TimeoutException | InterruptedException e) {
            // what is not sent by now never is
            answer.cancel(true);
            throw e;
        }
    }

    private synchronized void fallSilent() {
        if (silent) {
            return;
        }
        silent = true;
        onSilence.accept(this);
        awaitAnswer();
    }

    private void awaitAnswer() {
        connection.async().ping().whenComplete((pong, e) -> {
            if (e instanceof RedisCommandTimeoutException && connection.isOpen()) {
                awaitAnswer();
            } else {
                // any other exception is the end of the connection, which the next call finds out
                silent = false;
            }
        });
    }
}
