package dev.hookseal.contract;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The time between two statements of a careless store or inbox that should be one. It lasts until other threads have made
 * theirs, so that the race is lost however busy the machine is.
 */
final class RaceWindow {
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AtomicInteger statements = new AtomicInteger();

    /** Notes a statement that can fall into the window. */
    void statement() {
        statements.incrementAndGet();
    }

    /** Passes the window: returns after so many more statements, and if there are none, after a while. */
    void pass(int more) {
        int end = statements.get() + more;
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (statements.get() < end && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000);
        }
    }
}
