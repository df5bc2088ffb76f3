package dev.hookseal.config;

import dev.hookseal.inbox.Inbox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An inbox, and the events that the listeners of an application take. It is known before the receivers are made, and the
 * listeners' beans are made after them.
 *
 * @apiNote For authors of adapters. Not for use by several threads until it is given to a registry.
 * @since 0.1.0
 */
public final class InboxListeners {
    private final Inbox inbox;
    // by the canonical name of the endpoint; an empty set for all events
    private final Map<String, Set<String>> events = new HashMap<>();

    /** Creates one without listeners yet. */
    public InboxListeners(Inbox inbox) {
        this.inbox = inbox;
    }

    /**
     * Adds the events of a listener.
     *
     * @param endpoint as the annotation spells it
     * @param names of the events; empty for all
     */
    public void add(String endpoint, Set<String> names) {
        events.merge(EndpointName.canonical(endpoint), Set.copyOf(names), InboxListeners::together);
    }

    private static Set<String> together(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return Set.of();
        }
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    Inbox inbox() {
        return inbox;
    }

    boolean hasListener(String canonicalName) {
        return events.containsKey(canonicalName);
    }

    /** Returns the events of an endpoint's listeners; empty for all. */
    Set<String> events(String canonicalName) {
        return events.getOrDefault(canonicalName, Set.of());
    }
}
