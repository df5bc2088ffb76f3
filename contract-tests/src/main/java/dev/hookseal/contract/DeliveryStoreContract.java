package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link DeliveryStore} follows: grant each delivery to one caller, hold a claim for its lease,
 * and remember what was handled for its retention. The test of a store extends it:
 *
 * <pre>{@code
 * class OrdersStoreTest extends DeliveryStoreContract {
 *     @Override
 *     protected DeliveryStore store(Clock clock) {
 *         return new OrdersStore(clock);
 *     }
 * }
 * }</pre>
 */
public abstract class DeliveryStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final DeliveryKey KEY = new DeliveryKey("formflow:1", RETENTION);
    private static final DeliveryKey OTHER = new DeliveryKey("formflow:2", RETENTION);

    private final ContractClock clock = new ContractClock();
    private DeliveryStore store;

    /**
     * Returns an empty store, for one test.
     *
     * @param clock the store's only source of the time; the suite moves it
     * @throws Exception if the store cannot be opened, which fails the test
     */
    protected abstract DeliveryStore store(Clock clock) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = store(clock);
    }

    @Test
    void grantsTheFirstClaim() {
        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void saysInProgressUntilTheFirstIsSettled() {
        claim(KEY);

        assertEquals(new DeliveryClaim.InProgress(), store.claim(KEY, LEASE));
    }

    @Test
    void saysCompletedOnceItWasCompleted() {
        assertTrue(store.complete(KEY, claim(KEY)));

        assertEquals(new DeliveryClaim.Completed(), store.claim(KEY, LEASE));
        assertEquals(new DeliveryClaim.Completed(), store.claim(KEY, LEASE));
    }

    @Test
    void grantsAgainOnceItWasReleased() {
        UUID first = claim(KEY);
        assertTrue(store.release(KEY, first));

        assertNotEquals(first, claim(KEY));
    }

    @Test
    void keepsDeliveriesApart() {
        store.complete(KEY, claim(KEY));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(OTHER, LEASE));
    }

    @Test
    void takesKeysOfTheSameTextForTheSame() {
        store.complete(KEY, claim(KEY));

        assertInstanceOf(
                DeliveryClaim.Completed.class, store.claim(new DeliveryKey("formflow:1", Duration.ofDays(1)), LEASE));
    }

    @Test
    void tellsKeysApartByCase() {
        store.complete(KEY, claim(KEY));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(new DeliveryKey("FORMFLOW:1", RETENTION), LEASE));
    }

    @Test
    void takesAKeyOfTheGreatestLength() {
        DeliveryKey longest = new DeliveryKey("k".repeat(DeliveryKey.MAX_LENGTH), RETENTION);
        store.complete(longest, claim(longest));

        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(longest, LEASE));
    }

    @Test
    void holdsAClaimUntilJustBeforeTheLeaseIsOver() {
        claim(KEY);

        clock.moveOn(LEASE.minus(MOMENT));

        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
    }

    @Test
    void grantsAgainOnceTheLeaseIsOver() {
        UUID first = claim(KEY);

        clock.moveOn(LEASE.plus(MOMENT));

        assertNotEquals(first, claim(KEY));
    }

    @Test
    void doesNotProlongALeaseWhenItIsAskedAgain() {
        claim(KEY);

        clock.moveOn(LEASE.minus(MOMENT));
        store.claim(KEY, LEASE);
        clock.moveOn(MOMENT.multipliedBy(2));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void rejectsToCompleteOrReleaseForALateFinisher() {
        UUID late = claim(KEY);
        clock.moveOn(LEASE.plus(MOMENT));

        assertFalse(store.complete(KEY, late));
        assertFalse(store.release(KEY, late));
    }

    @Test
    void keepsAnothersClaimFromALateFinisher() {
        UUID late = claim(KEY);
        clock.moveOn(LEASE.plus(MOMENT));
        UUID another = claim(KEY);

        assertFalse(store.complete(KEY, late));
        assertFalse(store.release(KEY, late));
        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
        assertTrue(store.complete(KEY, another));
    }

    @Test
    void doesNotProlongAnothersLeaseForALateFinisher() {
        UUID late = claim(KEY);
        clock.moveOn(LEASE.plus(MOMENT));
        claim(KEY);
        clock.moveOn(LEASE.minus(MOMENT));

        store.complete(KEY, late);
        store.release(KEY, late);
        clock.moveOn(MOMENT.multipliedBy(2));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void completesAClaimOnce() {
        UUID token = claim(KEY);
        store.complete(KEY, token);

        assertFalse(store.complete(KEY, token));
        assertFalse(store.release(KEY, token));
        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(KEY, LEASE));
    }

    @Test
    void releasesAClaimOnce() {
        UUID token = claim(KEY);
        store.release(KEY, token);

        assertFalse(store.release(KEY, token));
        assertFalse(store.complete(KEY, token));
        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void rejectsATokenThatItNeverGave() {
        claim(KEY);

        assertFalse(store.complete(KEY, UUID.randomUUID()));
        assertFalse(store.release(KEY, UUID.randomUUID()));
        assertFalse(store.complete(OTHER, UUID.randomUUID()));
        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(OTHER, LEASE));
    }

    @Test
    void rejectsTheTokenOfAnotherDelivery() {
        UUID token = claim(KEY);
        claim(OTHER);

        assertFalse(store.complete(OTHER, token));
        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(OTHER, LEASE));
    }

    @Test
    void remembersUntilJustBeforeTheRetentionIsOver() {
        UUID token = claim(KEY);
        clock.moveOn(LEASE.minus(MOMENT));
        store.complete(KEY, token);

        // from the completion on, not from the claim
        clock.moveOn(RETENTION.minus(MOMENT));

        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(KEY, LEASE));
    }

    @Test
    void forgetsOnceTheRetentionIsOver() {
        store.complete(KEY, claim(KEY));

        clock.moveOn(RETENTION.plus(MOMENT));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void doesNotProlongTheRetentionWhenItIsAskedAgain() {
        UUID token = claim(KEY);
        store.complete(KEY, token);

        clock.moveOn(RETENTION.minus(MOMENT));
        store.claim(KEY, LEASE);
        store.complete(KEY, token);
        store.release(KEY, token);
        clock.moveOn(MOMENT.multipliedBy(2));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void grantsOneOfManyThatClaimAtTheSameTime() throws Exception {
        for (int round = 0; round < 20; round++) {
            DeliveryKey key = new DeliveryKey("formflow:round-" + round, RETENTION);
            List<DeliveryClaim> claims = claimAtOnce(key, 64);

            assertEquals(1, countOf(DeliveryClaim.Granted.class, claims));
            assertEquals(63, countOf(DeliveryClaim.InProgress.class, claims));
        }
    }

    @Test
    void grantsOneOfManyThatClaimOnceTheLeaseIsOver() throws Exception {
        claim(KEY);
        clock.moveOn(LEASE.plus(MOMENT));

        assertEquals(1, countOf(DeliveryClaim.Granted.class, claimAtOnce(KEY, 64)));
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

    private static long countOf(Class<? extends DeliveryClaim> kind, List<DeliveryClaim> claims) {
        return claims.stream().filter(kind::isInstance).count();
    }

    private UUID claim(DeliveryKey key) {
        return assertInstanceOf(DeliveryClaim.Granted.class, store.claim(key, LEASE))
                .token();
    }
}
