package dev.hookseal.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that changes only when a rule moves it. */
final class ContractClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-29T00:59:30Z");

    /** Returns a clock that is wrong by so much, as that of another node may be. */
    Clock wrongBy(Duration offset) {
        return Clock.offset(this, offset);
    }

    void moveOn(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Instants have no zone: use this clock as it is");
    }
}
