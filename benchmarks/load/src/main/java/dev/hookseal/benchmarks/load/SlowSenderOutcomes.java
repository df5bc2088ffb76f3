package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the connections of the slow senders got, one outcome for each, and how many were open at once. */
final class SlowSenderOutcomes {
    private final Map<String, Integer> counts = new TreeMap<>();
    private int open;
    private int mostOpen;

    /** Returns what is counted for a connection that failed. */
    static String of(IOException failure) {
        return failure instanceof ConnectException ? "no connection" : "reset";
    }

    synchronized void connected() {
        open++;
        mostOpen = Math.max(mostOpen, open);
    }

    synchronized void disconnected() {
        open--;
    }

    /** Counts a status, or how a connection ended without one. */
    synchronized void count(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    synchronized int mostOpen() {
        return mostOpen;
    }

    @Override
    public synchronized String toString() {
        return counts.isEmpty()
                ? "no answer"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " x " + count.getValue())
                        .collect(Collectors.joining(", "));
    }
}
