package dev.hookseal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What a store in memory has beyond the contract of all stores, which the module contract-tests runs on it. */
class InMemoryDeliveryStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-21T12:00:00Z"));

    @Test
    void remembersAsManyAsItHasRoomFor() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 100);
        for (int i = 0; i < 100; i++) {
            complete(store, i, RETENTION);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(store.claim(key(i, RETENTION), LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
        }
        assertThat(store.evictedCount()).isZero();
    }

    @Test
    void forgetsTheOldestFirstAndCountsThem() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 1_000);
        for (int i = 0; i < 1_500; i++) {
            complete(store, i, RETENTION);
            clock.advance(Duration.ofMinutes(1));
        }

        long forgotten = store.evictedCount();
        assertThat(forgotten).isBetween(500L, 520L);
        assertThat(store.claim(key(0, RETENTION), LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
        for (int i = (int) forgotten; i < 1_500; i++) {
            assertThat(store.claim(key(i, RETENTION), LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
        }
    }

    @Test
    void forgetsThoseNearestToTheEndOfTheirRetention() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 10);
        for (int i = 0; i < 10; i++) {
            complete(store, i, i % 2 == 0 ? RETENTION : Duration.ofMinutes(10));
        }

        complete(store, 10, RETENTION);

        assertThat(store.evictedCount()).isEqualTo(1);
        for (int i = 0; i <= 10; i += 2) {
            assertThat(store.claim(key(i, RETENTION), LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
        }
    }

    @Test
    void doesNotCountWhatItForgetsInTime() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 10);
        for (int i = 0; i < 1_000; i++) {
            complete(store, i, RETENTION);
            clock.advance(Duration.ofDays(1));
        }

        assertThat(store.evictedCount()).isZero();
    }

    @Test
    void keepsClaimsInProgressWhateverItForgets() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 10);
        UUID inProgress = claim(store, key(-1, RETENTION));
        for (int i = 0; i < 100; i++) {
            complete(store, i, RETENTION);
        }

        assertThat(store.claim(key(-1, RETENTION), LEASE)).isInstanceOf(DeliveryClaim.InProgress.class);
        assertThat(store.complete(key(-1, RETENTION), inProgress)).isTrue();
    }

    @Test
    void saysInTheLogThatItForgot() {
        InMemoryDeliveryStore store = new InMemoryDeliveryStore(clock, 1);
        try (CapturedLog log = CapturedLog.of(InMemoryDeliveryStore.class)) {
            complete(store, 1, RETENTION);
            complete(store, 2, RETENTION);

            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("before their time");
        }
    }

    @Test
    void rejectsToHaveNoRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryDeliveryStore(clock, 0));
    }

    private static void complete(DeliveryStore store, int id, Duration retention) {
        DeliveryKey key = key(id, retention);
        assertThat(store.complete(key, claim(store, key))).isTrue();
    }

    private static UUID claim(DeliveryStore store, DeliveryKey key) {
        return ((DeliveryClaim.Granted) store.claim(key, LEASE)).token();
    }

    private static DeliveryKey key(int id, Duration retention) {
        return new DeliveryKey("formflow:" + id, retention);
    }
}
