package dev.hookseal.inbox.jdbc;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.GlobalProperties;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a failed delivery is tried again, and when no more. The wait doubles with each failure; half of it is random, so
 * that deliveries which failed together do not come back together.
 *
 * @param maxAttempts after which a delivery is parked
 * @param initial the longest wait after the first failure
 * @param multiplier by which it grows
 * @param max the longest wait of all
 * @param maxCrashes how many processes may die with a delivery before it is parked
 * @since 0.1.0
 */
public record RetryPolicy(int maxAttempts, Duration initial, int multiplier, Duration max, int maxCrashes) {
    /** 15 attempts over about 7 hours; parked after 3 crashes. */
    public static final RetryPolicy DEFAULT = of(GlobalProperties.NONE);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is less than 1, or a duration is not positive
     */
    public RetryPolicy {
        if (maxAttempts < 1 || multiplier < 1 || maxCrashes < 1) {
            throw new IllegalArgumentException("maxAttempts " + maxAttempts + ", multiplier " + multiplier
                    + " and maxCrashes " + maxCrashes + " must be at least 1");
        }
        if (initial.isNegative() || initial.isZero() || max.isNegative() || max.isZero()) {
            throw new IllegalArgumentException("The waits " + initial + " and " + max + " must be positive");
        }
    }

    /**
     * Returns what is configured below {@code hookseal.inbox}.
     *
     * @throws WebhookConfigurationException if a value is wrong
     */
    public static RetryPolicy of(GlobalProperties properties) {
        return new RetryPolicy(
                properties.value(InboxSettings.MAX_ATTEMPTS).orElseThrow(),
                properties.value(InboxSettings.BACKOFF_INITIAL).orElseThrow(),
                properties.value(InboxSettings.BACKOFF_MULTIPLIER).orElseThrow(),
                properties.value(InboxSettings.BACKOFF_MAX).orElseThrow(),
                properties.value(InboxSettings.MAX_CRASHES).orElseThrow());
    }

    /** Returns the longest wait after so many failures, from 1. */
    Duration longestWait(int failures) {
        double millis = initial.toMillis() * Math.pow(multiplier, failures - 1.0);
        return millis >= max.toMillis() ? max : Duration.ofMillis((long) millis);
    }

    /** Returns a wait after so many failures: from half of the longest to all of it. */
    Duration wait(int failures) {
        long longest = longestWait(failures).toMillis();
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest - longest / 2 + 1));
    }
}
