package dev.hookseal.micronaut;

import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.HealthIndicator;
import jakarta.inject.Singleton;
import java.util.Map;

/** Shows in Micronaut's health endpoint, as {@code hookseal}, whether the delivery store answers. */
@Singleton
@Requires(classes = HealthIndicator.class)
@Requires(property = "endpoints.health.hookseal.enabled", notEquals = "false")
final class StoreHealth extends AbstractHealthIndicator<Map<String, Object>> {
    private final DeliveryStore store;

    StoreHealth(DeliveryStore store) {
        this.store = store;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        // what it throws is shown as DOWN
        store.check();
        healthStatus = HealthStatus.UP;
        return Map.of("store", store.getClass().getSimpleName());
    }

    @Override
    protected String getName() {
        return "hookseal";
    }
}
