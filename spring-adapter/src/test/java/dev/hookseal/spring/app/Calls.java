package dev.hookseal.spring.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the handlers were called with. */
public final class Calls {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    public void add(String call) {
        calls.add(call);
    }

    /** How often a handler was called with just this. */
    public long count(String call) {
        return calls.stream().filter(call::equals).count();
    }
}
