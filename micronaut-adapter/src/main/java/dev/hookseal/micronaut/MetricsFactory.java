package dev.hookseal.micronaut;

import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.MeteredInbox;
import dev.hookseal.observe.MeteredDeliveryStore;
import dev.hookseal.observe.MicrometerObserver;
import dev.hookseal.store.DeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Counts deliveries and times a shared store and an inbox where the application has a Micrometer registry, unless it has an observer
 * for that itself.
 */
@Factory
@Requires(classes = MeterRegistry.class)
@Requires(beans = MeterRegistry.class)
final class MetricsFactory {

    @Singleton
    @Requires(missingBeans = MicrometerObserver.class)
    MicrometerObserver micrometerObserver(MeterRegistry registry) {
        return new MicrometerObserver(registry);
    }

    @Singleton
    StoreMetrics storeMetrics(MeterRegistry registry) {
        return new StoreMetrics() {
            @Override
            public DeliveryStore of(DeliveryStore store) {
                return MeteredDeliveryStore.of(store, registry);
            }

            @Override
            public Inbox of(Inbox inbox) {
                return MeteredInbox.of(inbox, registry);
            }
        };
    }
}
