package dev.hookseal.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/** The times of one benchmark: all its iterations, by round. */
final class Measurement {
    private static final double CONFIDENCE = 0.999;

    private final ListStatistics all = new ListStatistics();
    private final List<Double> medians = new ArrayList<>();
    private double bytesAllocated;

    /** One element of JMH's JSON. */
    void addRound(JsonNode benchmark) {
        ListStatistics round = new ListStatistics();
        for (JsonNode fork : benchmark.path("primaryMetric").path("rawData")) {
            for (JsonNode iteration : fork) {
                round.addValue(iteration.asDouble());
                all.addValue(iteration.asDouble());
            }
        }
        medians.add(round.getPercentile(50));
        bytesAllocated = benchmark
                .path("secondaryMetrics")
                .path("gc.alloc.rate.norm")
                .path("score")
                .asDouble();
    }

    double median() {
        return all.getPercentile(50);
    }

    /** As JMH gives it: half the width of the mean's confidence interval of 99.9 %, over the iterations of all rounds. */
    double error() {
        return all.getMeanErrorAt(CONFIDENCE);
    }

    List<Double> mediansByRound() {
        return medians;
    }

    /** For one call, in the last round; it hardly differs between rounds. */
    double bytesAllocated() {
        return bytesAllocated;
    }
}
