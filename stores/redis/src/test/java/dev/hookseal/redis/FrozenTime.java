package dev.hookseal.redis;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A store on Redis whose time is a test's clock: where the clock was moved, the keys' times to live are moved before the
 * next call. What passes in reality is given back: the test's durations are whole seconds, and a call takes less.
 */
final class FrozenTime implements DeliveryStore {
    // keeps a key that has a millisecond left until the call arrives
    private static final long SLACK_MILLIS = 60_000;
    private static final long TOLERANCE_MILLIS = 10_000;

    private final DeliveryStore store;
    private final RedisCommands<String, String> redis;
    private final Clock clock;
    private final Map<String, Long> frozen = new HashMap<>();
    private long seen;

    FrozenTime(DeliveryStore store, RedisCommands<String, String> redis, Clock clock) {
        this.store = store;
        this.redis = redis;
        this.clock = clock;
        this.seen = clock.millis();
    }

    private synchronized DeliveryStore store() {
        long moved = clock.millis() - seen;
        if (moved == 0) {
            return store;
        }
        seen += moved;
        for (String key : redis.keys("*")) {
            long left = left(key) - moved;
            if (left <= 0) {
                redis.pexpire(key, 0);
            } else {
                redis.pexpire(key, left + SLACK_MILLIS);
                frozen.put(key, left);
            }
        }
        return store;
    }

    // as it was frozen if no call has written it since, or else the time that the call gave it
    private long left(String key) {
        long now = redis.pttl(key);
        Long before = frozen.remove(key);
        if (before != null && Math.abs(before + SLACK_MILLIS - now) < TOLERANCE_MILLIS) {
            return before;
        }
        return Math.floorDiv(now + 999, 1000) * 1000;
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        return store().claim(key, lease);
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return store().complete(key, token);
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return store().release(key, token);
    }
}
