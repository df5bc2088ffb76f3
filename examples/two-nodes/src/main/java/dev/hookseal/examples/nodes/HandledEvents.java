package dev.hookseal.examples.nodes;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often each event was handled, on all nodes together. */
final class HandledEvents {
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();

    void add(String eventId) {
        runs.merge(eventId, 1, Integer::sum);
    }

    Map<String, Integer> runs() {
        return new TreeMap<>(runs);
    }
}
