package dev.hookseal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers deliveries in this process's memory: right for one node, and forgotten with a restart. It holds a bounded
 * number of handled deliveries; beyond that it forgets those that were nearest to the end of their retention, and says
 * so in the log, since within the replay window such a delivery could be handled again.
 */
public final class InMemoryDeliveryStore implements DeliveryStore {
    /** The default number of handled deliveries that are remembered: some 100 MB when full. */
    public static final int DEFAULT_MAX_DELIVERIES = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryDeliveryStore.class);

    private final int maxDeliveries;
    private final Cache<String, Entry> entries;
    private final AtomicLong evictedCount = new AtomicLong();
    private final ReentrantLock forgetting = new ReentrantLock();

    /** Creates a store of the default size. */
    public InMemoryDeliveryStore(Clock clock) {
        this(clock, DEFAULT_MAX_DELIVERIES);
    }

    /**
     * Creates a store of a given size.
     *
     * @throws IllegalArgumentException if maxDeliveries is less than 1
     */
    public InMemoryDeliveryStore(Clock clock, int maxDeliveries) {
        if (maxDeliveries < 1) {
            throw new IllegalArgumentException("maxDeliveries must be at least 1: " + maxDeliveries);
        }
        this.maxDeliveries = maxDeliveries;
        // No maximumSize here: Caffeine would keep what was requested often and drop the newest, which is just what a
        // redelivery needs next. See docs/adr/0009-in-memory-store-eviction.md.
        this.entries = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, Entry>writing((key, entry) -> entry.remaining()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        UUID token = UUID.randomUUID();
        Entry before = entries.asMap().putIfAbsent(key.value(), new Entry(token, false, lease));
        if (before == null) {
            return new DeliveryClaim.Granted(token);
        }
        return before.completed() ? new DeliveryClaim.Completed() : new DeliveryClaim.InProgress();
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        Entry claim = claimOf(key, token);
        if (claim == null || !entries.asMap().replace(key.value(), claim, new Entry(token, true, key.retention()))) {
            return false;
        }
        if (entries.estimatedSize() > maxDeliveries) {
            forgetOldest();
        }
        return true;
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        Entry claim = claimOf(key, token);
        return claim != null && entries.asMap().remove(key.value(), claim);
    }

    // What is not this token's must not be written at all, not even as it was: that would start its retention again.
    private @Nullable Entry claimOf(DeliveryKey key, UUID token) {
        Entry entry = entries.asMap().get(key.value());
        return entry != null && entry.isClaimOf(token) ? entry : null;
    }

    /** Returns how many handled deliveries had to be forgotten before their time, since this store was made. */
    public long evictedCount() {
        return evictedCount.get();
    }

    // One in a hundred at a time, so that a full store does not search for the oldest at every delivery.
    private void forgetOldest() {
        if (!forgetting.tryLock()) {
            return;
        }
        try {
            entries.cleanUp();
            long excess = entries.estimatedSize() - maxDeliveries;
            if (excess <= 0) {
                return;
            }
            List<String> oldest = expiration()
                    .oldest(stream -> stream.filter(entry -> entry.getValue().completed())
                            .limit(excess + maxDeliveries / 100)
                            .map(entry -> entry.getKey())
                            .toList());
            entries.invalidateAll(oldest);
            evictedCount.addAndGet(oldest.size());
            LOG.warn(
                    "{} handled deliveries were forgotten before their time: more than {} came within the replay window."
                            + " They could be handled again. Give the store more room, or use a persistent one",
                    oldest.size(),
                    maxDeliveries);
        } finally {
            forgetting.unlock();
        }
    }

    private Policy.VarExpiration<String, Entry> expiration() {
        return entries.policy().expireVariably().orElseThrow();
    }

    private record Entry(UUID token, boolean completed, Duration remaining) {
        boolean isClaimOf(UUID claimant) {
            return !completed && token.equals(claimant);
        }
    }
}
