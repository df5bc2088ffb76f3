package dev.hookseal.formflow.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
final class MovedClock extends Clock {
    private final AtomicReference<Instant> now;

    /** Stands at a time. */
    MovedClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** Moves it. */
    void advance(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC is used");
    }
}
