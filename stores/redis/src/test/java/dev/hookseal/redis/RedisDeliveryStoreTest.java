package dev.hookseal.redis;

import dev.hookseal.contract.SharedDeliveryStoreContract;
import dev.hookseal.contract.StoreProcess;
import dev.hookseal.store.DeliveryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisDeliveryStoreTest extends SharedDeliveryStoreContract {
    private static TestRedis redis;
    private static RedisDeliveryStore store;

    private final List<RedisDeliveryStore> others = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.running();
        store = RedisDeliveryStore.of(redis.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        redis.close();
    }

    @AfterEach
    void closeOthers() {
        others.forEach(RedisDeliveryStore::close);
    }

    @Override
    protected DeliveryStore store(Clock clock) {
        redis.commands().flushall();
        return store;
    }

    @Override
    protected DeliveryStore anotherNode(Clock clock) {
        RedisDeliveryStore another = RedisDeliveryStore.of(redis.uri());
        others.add(another);
        return another;
    }

    @Override
    protected StoreProcess anotherProcess() {
        return new StoreProcess(Opener.class, redis.uri());
    }

    /** Opens the store in another process. */
    public static final class Opener implements StoreProcess.Opener {

        @Override
        public DeliveryStore open(String uri) {
            return RedisDeliveryStore.of(uri);
        }
    }

    @Override
    protected void timeMoved(Duration by) {
        redis.moveTime(by);
    }

    // Redis's own time goes on
    @Override
    protected Duration margin() {
        return Duration.ofSeconds(30);
    }
}
