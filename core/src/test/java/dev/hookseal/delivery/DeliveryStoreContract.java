package dev.hookseal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.MovedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeliveryStore} has to do; a store's own test extends it. */
abstract class DeliveryStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final DeliveryKey KEY = new DeliveryKey("formflow:1", RETENTION);
    private static final DeliveryKey OTHER = new DeliveryKey("formflow:2", RETENTION);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-21T12:00:00Z"));
    private DeliveryStore store;

    /** An empty store with this clock. */
    abstract DeliveryStore store(Clock clock);

    @BeforeEach
    void open() {
        store = store(clock);
    }

    @Test
    void grantsTheFirstClaim() {
        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void saysInProgressUntilTheFirstIsSettled() {
        claim(KEY);

        assertThat(store.claim(KEY, LEASE)).isEqualTo(new DeliveryClaim.InProgress());
    }

    @Test
    void saysCompletedOnceItWasCompleted() {
        assertThat(store.complete(KEY, claim(KEY))).isTrue();

        assertThat(store.claim(KEY, LEASE)).isEqualTo(new DeliveryClaim.Completed());
        assertThat(store.claim(KEY, LEASE)).isEqualTo(new DeliveryClaim.Completed());
    }

    @Test
    void grantsAgainOnceItWasReleased() {
        UUID first = claim(KEY);
        assertThat(store.release(KEY, first)).isTrue();

        assertThat(claim(KEY)).isNotEqualTo(first);
    }

    @Test
    void keepsDeliveriesApart() {
        store.complete(KEY, claim(KEY));

        assertThat(store.claim(OTHER, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void takesKeysOfTheSameTextForTheSame() {
        store.complete(KEY, claim(KEY));

        assertThat(store.claim(new DeliveryKey("formflow:1", Duration.ofDays(1)), LEASE))
                .isInstanceOf(DeliveryClaim.Completed.class);
    }

    @Test
    void tellsKeysApartByCase() {
        store.complete(KEY, claim(KEY));

        assertThat(store.claim(new DeliveryKey("FORMFLOW:1", RETENTION), LEASE))
                .isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void takesAKeyOfTheGreatestLength() {
        DeliveryKey longest = new DeliveryKey("k".repeat(DeliveryKey.MAX_LENGTH), RETENTION);
        store.complete(longest, claim(longest));

        assertThat(store.claim(longest, LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
    }

    @Test
    void holdsAClaimUntilJustBeforeTheLeaseIsOver() {
        claim(KEY);

        clock.advance(LEASE.minus(MOMENT));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.InProgress.class);
    }

    @Test
    void grantsAgainOnceTheLeaseIsOver() {
        UUID first = claim(KEY);

        clock.advance(LEASE.plus(MOMENT));

        assertThat(claim(KEY)).isNotEqualTo(first);
    }

    @Test
    void doesNotProlongALeaseWhenItIsAskedAgain() {
        claim(KEY);

        clock.advance(LEASE.minus(MOMENT));
        store.claim(KEY, LEASE);
        clock.advance(MOMENT.multipliedBy(2));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void refusesToCompleteOrReleaseForALateFinisher() {
        UUID late = claim(KEY);
        clock.advance(LEASE.plus(MOMENT));

        assertThat(store.complete(KEY, late)).isFalse();
        assertThat(store.release(KEY, late)).isFalse();
    }

    @Test
    void keepsAnothersClaimFromALateFinisher() {
        UUID late = claim(KEY);
        clock.advance(LEASE.plus(MOMENT));
        UUID another = claim(KEY);

        assertThat(store.complete(KEY, late)).isFalse();
        assertThat(store.release(KEY, late)).isFalse();
        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.InProgress.class);
        assertThat(store.complete(KEY, another)).isTrue();
    }

    @Test
    void doesNotProlongAnothersLeaseForALateFinisher() {
        UUID late = claim(KEY);
        clock.advance(LEASE.plus(MOMENT));
        claim(KEY);
        clock.advance(LEASE.minus(MOMENT));

        store.complete(KEY, late);
        store.release(KEY, late);
        clock.advance(MOMENT.multipliedBy(2));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void completesAClaimOnce() {
        UUID token = claim(KEY);
        store.complete(KEY, token);

        assertThat(store.complete(KEY, token)).isFalse();
        assertThat(store.release(KEY, token)).isFalse();
        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
    }

    @Test
    void releasesAClaimOnce() {
        UUID token = claim(KEY);
        store.release(KEY, token);

        assertThat(store.release(KEY, token)).isFalse();
        assertThat(store.complete(KEY, token)).isFalse();
        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void refusesATokenThatItNeverGave() {
        claim(KEY);

        assertThat(store.complete(KEY, UUID.randomUUID())).isFalse();
        assertThat(store.release(KEY, UUID.randomUUID())).isFalse();
        assertThat(store.complete(OTHER, UUID.randomUUID())).isFalse();
        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.InProgress.class);
        assertThat(store.claim(OTHER, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void refusesTheTokenOfAnotherDelivery() {
        UUID token = claim(KEY);
        claim(OTHER);

        assertThat(store.complete(OTHER, token)).isFalse();
        assertThat(store.claim(OTHER, LEASE)).isInstanceOf(DeliveryClaim.InProgress.class);
    }

    @Test
    void remembersUntilJustBeforeTheRetentionIsOver() {
        UUID token = claim(KEY);
        clock.advance(LEASE.minus(MOMENT));
        store.complete(KEY, token);

        // from the completion on, not from the claim
        clock.advance(RETENTION.minus(MOMENT));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Completed.class);
    }

    @Test
    void forgetsOnceTheRetentionIsOver() {
        store.complete(KEY, claim(KEY));

        clock.advance(RETENTION.plus(MOMENT));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void doesNotProlongTheRetentionWhenItIsAskedAgain() {
        UUID token = claim(KEY);
        store.complete(KEY, token);

        clock.advance(RETENTION.minus(MOMENT));
        store.claim(KEY, LEASE);
        store.complete(KEY, token);
        store.release(KEY, token);
        clock.advance(MOMENT.multipliedBy(2));

        assertThat(store.claim(KEY, LEASE)).isInstanceOf(DeliveryClaim.Granted.class);
    }

    @Test
    void grantsOneOfManyThatClaimAtTheSameTime() throws Exception {
        for (int round = 0; round < 20; round++) {
            DeliveryKey key = new DeliveryKey("formflow:round-" + round, RETENTION);
            List<DeliveryClaim> claims = claimAtOnce(key, 64);

            assertThat(claims.stream().filter(DeliveryClaim.Granted.class::isInstance))
                    .hasSize(1);
            assertThat(claims.stream().filter(DeliveryClaim.InProgress.class::isInstance))
                    .hasSize(63);
        }
    }

    @Test
    void grantsOneOfManyThatClaimOnceTheLeaseIsOver() throws Exception {
        claim(KEY);
        clock.advance(LEASE.plus(MOMENT));

        assertThat(claimAtOnce(KEY, 64).stream().filter(DeliveryClaim.Granted.class::isInstance))
                .hasSize(1);
    }

    private List<DeliveryClaim> claimAtOnce(DeliveryKey key, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<DeliveryClaim>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return store.claim(key, LEASE);
                }));
            }
            List<DeliveryClaim> claims = new ArrayList<>();
            for (Future<DeliveryClaim> future : futures) {
                claims.add(future.get());
            }
            return claims;
        } finally {
            executor.shutdownNow();
        }
    }

    private UUID claim(DeliveryKey key) {
        DeliveryClaim claim = store.claim(key, LEASE);
        assertThat(claim).isInstanceOf(DeliveryClaim.Granted.class);
        return ((DeliveryClaim.Granted) claim).token();
    }
}
