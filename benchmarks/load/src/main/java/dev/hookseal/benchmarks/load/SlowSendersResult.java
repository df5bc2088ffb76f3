package dev.hookseal.benchmarks.load;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A row of the table.
 *
 * @param senders how many there were: fewer than in the case if more are not allowed
 * @param mostHeld the most of the heap that was in use after a collection, in MB
 * @param endedAt the second in which the application ended by itself; empty if it did not
 */
record SlowSendersResult(
        SlowSendersCase of,
        int senders,
        GenuineDeliveries genuine,
        SlowSenderOutcomes slow,
        boolean ranOutOfMemory,
        OptionalInt mostHeld,
        OptionalDouble endedAt) {
    static final String HEAD = """
            | case | slow senders, most open | genuine: 2xx, within 5 s, other, none | p50, p99, max of 2xx | \
            first 2xx at, all from | slow senders got | OutOfMemoryError | heap held | target | |
            | --- | ---: | ---: | ---: | ---: | --- | --- | ---: | --- | --- |
            """;

    private static final Duration FORMFLOWS_DEADLINE = Duration.ofSeconds(5);

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d, %,d | %d, %d, %d, %d | %s | %s, %s | %s | %s | %s | %s | %s |\n",
                of.name(),
                senders,
                slow.mostOpen(),
                genuine.answered(),
                genuine.answeredWithin(FORMFLOWS_DEADLINE),
                genuine.rejected(),
                genuine.unanswered(),
                latencies(),
                second(genuine.firstAnswerAt()),
                second(genuine.answeredFrom()),
                slow,
                outOfMemory(),
                mostHeld.isPresent() ? mostHeld.getAsInt() + " MB" : "",
                of.target(),
                of.isReached(genuine) && !ranOutOfMemory && endedAt.isEmpty() ? "reached" : "**not reached**");
    }

    private String latencies() {
        return genuine.answered() == 0
                ? ""
                : millis(genuine.latency(0.5)) + ", " + millis(genuine.latency(0.99)) + ", "
                        + millis(genuine.latency(1)) + " ms";
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%,d", duration.toMillis());
    }

    private static String second(OptionalDouble second) {
        return second.isPresent() ? String.format(Locale.ROOT, "%.1f s", second.getAsDouble()) : "never";
    }

    private String outOfMemory() {
        return (ranOutOfMemory ? "yes" : "no") + (endedAt.isPresent() ? ", ended after " + second(endedAt) : "");
    }
}
