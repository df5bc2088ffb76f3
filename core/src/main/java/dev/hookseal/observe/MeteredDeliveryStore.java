package dev.hookseal.observe;

import dev.hookseal.store.DeliveryClaim;
import dev.hookseal.store.DeliveryKey;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Times the calls of a delivery store in a Micrometer registry, by operation and result. Where an application of Spring
 * Boot or Micronaut has a registry, its adapter times a shared store; elsewhere it is done by hand:
 *
 * <pre>{@code
 * DeliveryStore store = MeteredDeliveryStore.of(JdbcDeliveryStore.of(dataSource), registry);
 * }</pre>
 *
 * <p>The meter and its tags are listed in {@code docs/observability.md} and are part of the API.
 *
 * @since 0.1.0
 */
public final class MeteredDeliveryStore implements DeliveryStore {
    private final DeliveryStore store;
    private final MeterProvider<Timer> calls;

    /**
     * Returns a store whose calls are timed. A store in memory is returned as it is: it takes no time, and core has to
     * recognize it as one that never blocks.
     */
    public static DeliveryStore of(DeliveryStore store, MeterRegistry registry) {
        return store instanceof InMemoryDeliveryStore ? store : new MeteredDeliveryStore(store, registry);
    }

    // for tests, which also time a store in memory
    MeteredDeliveryStore(DeliveryStore store, MeterRegistry registry) {
        this.store = store;
        this.calls = Timer.builder("hookseal.store.calls")
                .description("Calls of the delivery store, by operation and result")
                .withRegistry(registry);
    }

    @Override
    public DeliveryClaim claim(DeliveryKey key, Duration lease) {
        return timed("claim", () -> store.claim(key, lease), MeteredDeliveryStore::result);
    }

    @Override
    public boolean complete(DeliveryKey key, UUID token) {
        return timed("complete", () -> store.complete(key, token), MeteredDeliveryStore::result);
    }

    @Override
    public boolean release(DeliveryKey key, UUID token) {
        return timed("release", () -> store.release(key, token), MeteredDeliveryStore::result);
    }

    @Override
    public void check() {
        store.check();
    }

    private <T> T timed(String operation, Supplier<T> call, Function<T, String> result) {
        long start = System.nanoTime();
        String outcome = "failed";
        try {
            T answer = call.get();
            outcome = result.apply(answer);
            return answer;
        } finally {
            calls.withTags("operation", operation, "result", outcome)
                    .record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static String result(DeliveryClaim claim) {
        if (claim instanceof DeliveryClaim.Granted) {
            return "granted";
        }
        return claim instanceof DeliveryClaim.Completed ? "completed" : "in-progress";
    }

    private static String result(boolean held) {
        return held ? "done" : "lease-over";
    }
}
