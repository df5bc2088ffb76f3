package dev.hookseal.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Requests per second of one endpoint, by round. */
final class Rates {
    private final List<Double> rounds = new ArrayList<>();

    void add(double rate) {
        rounds.add(rate);
    }

    /** Returns the median, the least and the most. */
    @Override
    public String toString() {
        return spread(rounds, "%,.0f");
    }

    /** Returns how this compares with another endpoint's, round by round: the median, the least and the most. */
    String beside(Rates other) {
        List<Double> ratios = IntStream.range(0, rounds.size())
                .mapToObj(round -> rounds.get(round) / other.rounds.get(round))
                .toList();
        return spread(ratios, "%.2f");
    }

    private static String spread(List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        return "%1$s (%2$s to %3$s)"
                .formatted(
                        String.format(Locale.ROOT, format, sorted.get(sorted.size() / 2)),
                        String.format(Locale.ROOT, format, sorted.get(0)),
                        String.format(Locale.ROOT, format, sorted.get(sorted.size() - 1)));
    }
}
