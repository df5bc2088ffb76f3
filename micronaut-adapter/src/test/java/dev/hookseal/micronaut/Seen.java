package dev.hookseal.micronaut;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the handlers of a server under test were given. */
@Singleton
final class Seen {
    private final List<Object> values = new CopyOnWriteArrayList<>();

    void add(Object value) {
        values.add(value);
    }

    List<Object> all() {
        return List.copyOf(values);
    }
}
