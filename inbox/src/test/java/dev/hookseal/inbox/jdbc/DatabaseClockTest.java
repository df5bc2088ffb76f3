package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {
    @ParameterizedTest
    @ValueSource(strings = {"-PT10M", "PT10M"})
    void followsTheDatabaseWhateverTheClockOfTheNodeSays(Duration off) {
        Supplier<Instant> database = () -> Instant.now().plus(off);
        DatabaseClock clock = new DatabaseClock(database);

        Instant before = database.get();
        Instant now = clock.now();

        assertThat(now).isAfterOrEqualTo(before);
        assertThat(Duration.between(before, now)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void isNeverBehindTheDatabaseHoweverLongItsAnswerTakes() {
        AtomicReference<Instant> answered = new AtomicReference<>();
        // the time of the answer, which arrives later than it was read
        DatabaseClock clock = new DatabaseClock(() -> {
            answered.set(Instant.now());
            long until = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return answered.get();
        });

        assertThat(clock.now()).isAfterOrEqualTo(answered.get().plusMillis(20));
    }

    @Test
    void jumpsWithTheDatabaseOnceItIsReadAgain() {
        AtomicReference<Instant> database = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
        DatabaseClock clock = new DatabaseClock(database::get);

        database.set(Instant.parse("2026-11-30T12:10:00Z"));
        assertThat(clock.now()).isBefore(Instant.parse("2026-11-30T12:09:00Z"));

        clock.refresh();
        assertThat(clock.now()).isBetween(Instant.parse("2026-11-30T12:10:00Z"), Instant.parse("2026-11-30T12:11:00Z"));
    }

    @Test
    void countsOnWhileTheDatabaseDoesNotAnswer() {
        AtomicReference<Supplier<Instant>> database =
                new AtomicReference<>(() -> Instant.parse("2026-11-30T12:00:00Z"));
        DatabaseClock clock = new DatabaseClock(() -> database.get().get());

        database.set(() -> {
            throw new IllegalStateException("down");
        });
        clock.refresh();

        Instant first = clock.now();
        assertThat(first).isAfterOrEqualTo(Instant.parse("2026-11-30T12:00:00Z"));
        assertThat(clock.now()).isAfterOrEqualTo(first);
    }
}
