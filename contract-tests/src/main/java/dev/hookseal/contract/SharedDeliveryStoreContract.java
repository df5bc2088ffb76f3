package dev.hookseal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The rules for a {@link DeliveryStore} that several nodes share, besides those of {@link DeliveryStoreContract}: what one
 * node claims counts on all of them, whatever their clocks say, and in other processes.
 *
 * @since 0.1.0
 */
public abstract class SharedDeliveryStoreContract extends DeliveryStoreContract {
    private static final Duration WRONG = LEASE.multipliedBy(2);
    private static final int RACES = 150;

    /** Called by a subclass. */
    protected SharedDeliveryStoreContract() {}

    /**
     * Returns the store of another node: it shares what the last one of {@link #store} has stored.
     *
     * @param clock the node's clock, which is wrong in some rules; the time of a shared store must not depend on it
     * @throws Exception if the store cannot be opened, which fails the test
     */
    protected abstract DeliveryStore anotherNode(Clock clock) throws Exception;

    /**
     * Returns how another process opens a store that shares what the last one of {@link #store} has stored.
     *
     * @throws Exception if it cannot be said, which fails the test
     */
    protected abstract StoreProcess anotherProcess() throws Exception;

    @Test
    void anotherNodeSeesWhatIsClaimedAndCompleted() throws Exception {
        DeliveryStore another = anotherNode(clock());
        UUID token = granted(store(), KEY);

        assertInstanceOf(DeliveryClaim.InProgress.class, another.claim(KEY, LEASE));
        assertTrue(store().complete(KEY, token));
        assertInstanceOf(DeliveryClaim.Completed.class, another.claim(KEY, LEASE));
    }

    @Test
    void anotherNodeIsGrantedWhatWasReleased() throws Exception {
        DeliveryStore another = anotherNode(clock());

        assertTrue(store().release(KEY, granted(store(), KEY)));

        granted(another, KEY);
    }

    @Test
    void aNodeWhoseClockIsAheadTakesNoClaimBeforeItsTime() throws Exception {
        DeliveryStore ahead = anotherNode(clock().wrongBy(WRONG));
        UUID token = granted(store(), KEY);

        assertInstanceOf(DeliveryClaim.InProgress.class, ahead.claim(KEY, LEASE));
        assertTrue(store().complete(KEY, token));
    }

    @Test
    void aNodeWhoseClockIsAheadHoldsItsClaimNoLonger() throws Exception {
        DeliveryStore ahead = anotherNode(clock().wrongBy(WRONG));
        UUID late = granted(ahead, KEY);

        moveOn(LEASE.plus(margin()));

        granted(store(), KEY);
        assertFalse(ahead.complete(KEY, late));
    }

    @Test
    void aNodeWhoseClockIsBehindHoldsItsClaimAsLong() throws Exception {
        DeliveryStore behind = anotherNode(clock().wrongBy(WRONG.negated()));
        UUID token = granted(behind, KEY);

        assertInstanceOf(DeliveryClaim.InProgress.class, store().claim(KEY, LEASE));
        assertTrue(behind.complete(KEY, token));
    }

    @Test
    void whatANodeWhoseClockIsWrongCompletesIsRememberedAsLong() throws Exception {
        DeliveryStore behind =
                anotherNode(clock().wrongBy(RETENTION.multipliedBy(2).negated()));
        assertTrue(behind.complete(KEY, granted(behind, KEY)));

        moveOn(RETENTION.minus(margin()));

        assertInstanceOf(DeliveryClaim.Completed.class, store().claim(KEY, LEASE));
    }

    @Test
    void grantsOneOfManyOnTwoNodes() throws Exception {
        DeliveryStore another = anotherNode(clock().wrongBy(WRONG));
        for (int round = 0; round < 20; round++) {
            DeliveryKey key = new DeliveryKey("formflow:nodes-" + round, RETENTION);
            AtomicInteger caller = new AtomicInteger();

            List<DeliveryClaim> claims =
                    atOnce(64, () -> (caller.getAndIncrement() % 2 == 0 ? store() : another).claim(key, LEASE));

            assertEquals(1, countOf(DeliveryClaim.Granted.class, claims));
        }
    }

    @Test
    void grantsOneOfManyInTwoProcesses() throws Exception {
        StoreProcess process = anotherProcess();
        List<String> keys =
                IntStream.range(0, RACES).mapToObj(i -> "formflow:race-" + i).toList();
        TreeMap<String, Integer> grants = new TreeMap<>();

        try (StoreProcess.Running one = process.start();
                StoreProcess.Running other = process.start()) {
            for (String key : keys) {
                one.claim(key, LEASE);
                other.claim(key, LEASE);
                grants.put(key, one.granted() + other.granted());
            }
        }

        TreeMap<String, Integer> once = new TreeMap<>();
        keys.forEach(key -> once.put(key, 1));
        assertEquals(once, grants);
    }
}
