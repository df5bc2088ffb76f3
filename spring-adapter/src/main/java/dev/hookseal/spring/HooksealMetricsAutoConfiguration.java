package dev.hookseal.spring;

import dev.hookseal.inbox.Inbox;
import dev.hookseal.inbox.MeteredInbox;
import dev.hookseal.observe.MeteredDeliveryStore;
import dev.hookseal.observe.MicrometerObserver;
import dev.hookseal.store.DeliveryStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Counts deliveries, and times a shared store and an inbox, where the application has a Micrometer registry, as it has with Boot's
 * actuator. A {@link MicrometerObserver} of the application's own takes the place of this one.
 */
// Behind what makes the registry, by the names of Boot 3 and of Boot 4.
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class HooksealMetricsAutoConfiguration {

    /** Called by the container. */
    public HooksealMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MicrometerObserver hooksealMetrics(MeterRegistry registry) {
        return new MicrometerObserver(registry);
    }

    @Bean
    StoreMetrics hooksealStoreMetrics(MeterRegistry registry) {
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
