package dev.hookseal.testkit.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When what was not acknowledged is delivered again. Neither provider documents its schedule: none of these is theirs, and
 * an application must not count on one.
 *
 * @param delays from the end of an attempt to the next one; none for no redelivery
 */
public record RetrySchedule(List<Duration> delays) {

    /**
     * A schedule.
     *
     * @throws IllegalArgumentException if a delay is negative
     */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("A delay cannot be negative: " + delays);
        }
    }

    /** No redelivery. */
    public static RetrySchedule none() {
        return new RetrySchedule(List.of());
    }

    /** A redelivery after each of these times. */
    public static RetrySchedule after(Duration... delays) {
        return new RetrySchedule(List.of(delays));
    }

    /**
     * Redeliveries after a time that doubles.
     *
     * @throws IllegalArgumentException if the first time is negative, or the number is, or is more than 30
     */
    public static RetrySchedule backOff(Duration first, int times) {
        if (times < 0 || times > 30) {
            throw new IllegalArgumentException("From none to 30 redeliveries are possible, not " + times);
        }
        List<Duration> delays = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            delays.add(first.multipliedBy(1L << time));
        }
        return new RetrySchedule(delays);
    }
}
