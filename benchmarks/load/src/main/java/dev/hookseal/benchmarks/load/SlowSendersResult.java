package dev.hookseal.benchmarks.load;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A row of the table.
 *
 * @param mostHeld the most of the heap that was in use after a collection, in MB
 * @param endedAt the second in which the application ended by itself, negative if it did not
 */
record SlowSendersResult(
        SlowSendersCase of,
        GenuineDeliveries genuine,
        SlowSenderOutcomes slow,
        boolean ranOutOfMemory,
        OptionalInt mostHeld,
        double endedAt) {
    static final String HEAD = """
            | case | slow senders, most open | genuine: 2xx, other, none | p50, p99, max of 2xx | all 2xx from | \
            slow senders got | OutOfMemoryError | heap held | target | |
            | --- | ---: | ---: | ---: | ---: | --- | --- | ---: | --- | --- |
            """;

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d, %,d | %d, %d, %d | %s | %s | %s | %s | %s | %s | %s |\n",
                of.name(),
                of.senders(),
                slow.mostOpen(),
                genuine.answered(),
                genuine.rejected(),
                genuine.unanswered(),
                latencies(),
                genuine.answeredFrom().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.1f s", genuine.answeredFrom().getAsDouble())
                        : "never",
                slow,
                outOfMemory(),
                mostHeld.isPresent() ? mostHeld.getAsInt() + " MB" : "",
                of.target(),
                of.isReached(genuine) && !ranOutOfMemory && endedAt < 0 ? "reached" : "**not reached**");
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

    private String outOfMemory() {
        String ended = endedAt < 0 ? "" : String.format(Locale.ROOT, ", ended after %.0f s", endedAt);
        return (ranOutOfMemory ? "yes" : "no") + ended;
    }
}
