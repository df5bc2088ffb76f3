package dev.hookseal.inbox.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt, for logs and metrics.
 *
 * @param endpoint the name of the endpoint
 * @param key the delivery key
 * @param eventName the name of the event; null if the delivery could not be read, or the process died
 * @param result how it ended
 * @param number which attempt it was, from 1
 * @param duration how long the listener ran
 * @param delay from the acceptance to the end of this attempt, by this node's clock and that of the one which accepted;
 *     null if the delivery could not be read
 * @param failure what the listener threw; null if it did not
 * @since 0.1.0
 */
public record AttemptOutcome(
        String endpoint,
        String key,
        @Nullable String eventName,
        AttemptResult result,
        int number,
        Duration duration,
        @Nullable Duration delay,
        @Nullable Throwable failure) {}
