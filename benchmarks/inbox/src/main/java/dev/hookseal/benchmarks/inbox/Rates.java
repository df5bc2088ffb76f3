package dev.hookseal.benchmarks.inbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How often a second something is done. */
final class Rates {
    private Rates() {}

    /** What is done over and over again. */
    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }

    /** Returns how often a second the work is done by so many threads at once, in a slice of a second. */
    static double of(int threads, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(1);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(executor.submit(() -> {
                    int count = 0;
                    while (System.nanoTime() < end) {
                        work.once();
                        count++;
                    }
                    return count;
                }));
            }
            long all = 0;
            for (Future<Integer> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - start);
        } finally {
            executor.shutdownNow();
        }
    }

    static double median(double[] values) {
        return percentile(values, 0.5);
    }

    static double percentile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }
}
