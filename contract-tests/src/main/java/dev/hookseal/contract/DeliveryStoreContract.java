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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
 *
 * <p>Time is moved and never waited for. A store that goes by a clock which no test can move, such as a database's,
 * overrides {@link #timeMoved} and {@link #margin}. One that several nodes share extends
 * {@link SharedDeliveryStoreContract}.
 */
public abstract class DeliveryStoreContract {
    static final Duration LEASE = Duration.ofMinutes(5);
    static final Duration RETENTION = Duration.ofDays(3);
    static final DeliveryKey KEY = new DeliveryKey("formflow:1", RETENTION);
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

    /**
     * Does for the store what moving its clock would do: what was stored is over by so much sooner. A store that goes by
     * the given clock alone has nothing to do.
     *
     * @throws Exception if it cannot be done, which fails the test
     */
    protected void timeMoved(Duration by) throws Exception {}

    /** Returns how near to the end of a lease a rule looks: longer than the rule runs, if time goes on by itself. */
    protected Duration margin() {
        return Duration.ofMillis(1);
    }

    /**
     * Deletes what is over, as the store does from time to time. A store that does not need to has nothing to do.
     *
     * @throws Exception if it cannot be done, which fails the test
     */
    protected void purge() throws Exception {}

    final DeliveryStore store() {
        return store;
    }

    final ContractClock clock() {
        return clock;
    }

    final void moveOn(Duration by) {
        clock.moveOn(by);
        try {
            timeMoved(by);
        } catch (Exception e) {
            throw new IllegalStateException("The time of the store cannot be moved", e);
        }
    }

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
    void tellsKeysApartByEveryCharacter() {
        for (char c = '!'; c <= '~'; c++) {
            DeliveryKey key = new DeliveryKey("formflow:" + c, RETENTION);
            assertInstanceOf(DeliveryClaim.Granted.class, store.claim(key, LEASE), key::value);
        }
        for (char c = '!'; c <= '~'; c++) {
            DeliveryKey key = new DeliveryKey("formflow:" + c, RETENTION);
            assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(key, LEASE), key::value);
        }
    }

    @Test
    void tellsLongKeysApartByTheirLastCharacter() {
        String common = "k".repeat(DeliveryKey.MAX_LENGTH - 1);
        DeliveryKey one = new DeliveryKey(common + "a", RETENTION);
        store.complete(one, claim(one));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(new DeliveryKey(common + "b", RETENTION), LEASE));
        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(new DeliveryKey(common, RETENTION), LEASE));
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

        moveOn(LEASE.minus(margin()));

        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
    }

    @Test
    void grantsAgainOnceTheLeaseIsOver() {
        UUID first = claim(KEY);

        moveOn(LEASE.plus(margin()));

        assertNotEquals(first, claim(KEY));
    }

    @Test
    void doesNotProlongALeaseWhenItIsAskedAgain() {
        claim(KEY);

        moveOn(LEASE.minus(margin()));
        store.claim(KEY, LEASE);
        moveOn(margin().multipliedBy(2));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void rejectsToCompleteOrReleaseForALateFinisher() {
        UUID late = claim(KEY);
        moveOn(LEASE.plus(margin()));

        assertFalse(store.complete(KEY, late));
        assertFalse(store.release(KEY, late));
    }

    @Test
    void keepsAnothersClaimFromALateFinisher() {
        UUID late = claim(KEY);
        moveOn(LEASE.plus(margin()));
        UUID another = claim(KEY);

        assertFalse(store.complete(KEY, late));
        assertFalse(store.release(KEY, late));
        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
        assertTrue(store.complete(KEY, another));
    }

    @Test
    void doesNotProlongAnothersLeaseForALateFinisher() {
        UUID late = claim(KEY);
        moveOn(LEASE.plus(margin()));
        claim(KEY);
        moveOn(LEASE.minus(margin()));

        store.complete(KEY, late);
        store.release(KEY, late);
        moveOn(margin().multipliedBy(2));

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
        moveOn(LEASE.minus(margin()));
        store.complete(KEY, token);

        // from the completion on, not from the claim
        moveOn(RETENTION.minus(margin()));

        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(KEY, LEASE));
    }

    @Test
    void forgetsOnceTheRetentionIsOver() {
        store.complete(KEY, claim(KEY));

        moveOn(RETENTION.plus(margin()));

        assertInstanceOf(DeliveryClaim.Granted.class, store.claim(KEY, LEASE));
    }

    @Test
    void doesNotProlongTheRetentionWhenItIsAskedAgain() {
        UUID token = claim(KEY);
        store.complete(KEY, token);

        moveOn(RETENTION.minus(margin()));
        store.claim(KEY, LEASE);
        store.complete(KEY, token);
        store.release(KEY, token);
        moveOn(margin().multipliedBy(2));

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
        moveOn(LEASE.plus(margin()));

        assertEquals(1, countOf(DeliveryClaim.Granted.class, claimAtOnce(KEY, 64)));
    }

    @Test
    void completesAClaimOnceForManyAtTheSameTime() throws Exception {
        UUID token = claim(KEY);

        List<Boolean> completed = atOnce(64, () -> store.complete(KEY, token));

        assertEquals(1, completed.stream().filter(held -> held).count());
        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(KEY, LEASE));
    }

    @Test
    void purgesNothingThatCounts() throws Exception {
        UUID token = claim(KEY);
        store.complete(OTHER, claim(OTHER));
        moveOn(LEASE.minus(margin()));

        purge();

        assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(KEY, LEASE));
        assertInstanceOf(DeliveryClaim.Completed.class, store.claim(OTHER, LEASE));
        assertTrue(store.complete(KEY, token));
    }

    @Test
    void grantsOneOfManyThatClaimBesideAPurge() throws Exception {
        for (int round = 0; round < 10; round++) {
            DeliveryKey key = new DeliveryKey("formflow:purged-" + round, RETENTION);
            claim(key);
            moveOn(LEASE.plus(margin()));
            AtomicInteger caller = new AtomicInteger();

            List<Optional<DeliveryClaim>> claims = atOnce(64, () -> {
                if (caller.getAndIncrement() % 8 == 0) {
                    purge();
                    return Optional.empty();
                }
                return Optional.of(store.claim(key, LEASE));
            });

            assertEquals(
                    1,
                    countOf(
                            DeliveryClaim.Granted.class,
                            claims.stream().flatMap(Optional::stream).toList()));
            assertInstanceOf(DeliveryClaim.InProgress.class, store.claim(key, LEASE));
        }
    }

    private List<DeliveryClaim> claimAtOnce(DeliveryKey key, int threads) throws Exception {
        return atOnce(threads, () -> store.claim(key, LEASE));
    }

    static <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    static long countOf(Class<? extends DeliveryClaim> kind, List<DeliveryClaim> claims) {
        return claims.stream().filter(kind::isInstance).count();
    }

    private UUID claim(DeliveryKey key) {
        return granted(store, key);
    }

    static UUID granted(DeliveryStore store, DeliveryKey key) {
        return assertInstanceOf(DeliveryClaim.Granted.class, store.claim(key, LEASE))
                .token();
    }
}
