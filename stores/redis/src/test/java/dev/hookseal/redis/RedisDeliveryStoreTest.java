package dev.hookseal.redis;

import dev.hookseal.contract.DeliveryStoreContract;
import dev.hookseal.store.DeliveryStore;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisDeliveryStoreTest extends DeliveryStoreContract {
    private static TestRedis redis;
    private static RedisCommands<String, String> commands;
    private static RedisDeliveryStore store;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.running();
        commands = redis.commands();
        store = RedisDeliveryStore.of(redis.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        redis.close();
    }

    @Override
    protected DeliveryStore store(Clock clock) {
        commands.flushall();
        return new FrozenTime(store, commands, clock);
    }
}
