package dev.hookseal.benchmarks;

import java.util.Locale;
import java.util.stream.IntStream;

/** How many times as long, by the medians of each round: of the round in the middle, and of those that say least and most. */
record Ratio(double middle, double least, double most) {

    static Ratio of(Measurement measured, Measurement baseline) {
        double[] byRound = IntStream.range(0, measured.mediansByRound().size())
                .mapToDouble(round -> measured.mediansByRound().get(round)
                        / baseline.mediansByRound().get(round))
                .sorted()
                .toArray();
        return new Ratio(byRound[byRound.length / 2], byRound[0], byRound[byRound.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", middle, least, most);
    }
}
