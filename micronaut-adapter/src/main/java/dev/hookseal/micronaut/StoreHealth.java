package dev.hookseal.micronaut;

import dev.hookseal.store.DeliveryStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.HealthIndicator;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows in Micronaut's health endpoint, as {@code hookseal}, whether the delivery store and the inbox answer. */
@Singleton
@Requires(classes = HealthIndicator.class)
@Requires(property = "endpoints.health.hookseal.enabled", notEquals = "false")
final class StoreHealth extends AbstractHealthIndicator<Map<String, Object>> {
    private final DeliveryStore store;
    private final @Nullable InboxHealth inbox;

    StoreHealth(DeliveryStore store, @Nullable InboxHealth inbox) {
        this.store = store;
        this.inbox = inbox;
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        // what it throws is shown as DOWN
        store.check();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("store", store.getClass().getSimpleName());
        if (inbox != null) {
            details.putAll(inbox.details());
        }
        healthStatus = HealthStatus.UP;
        return details;
    }

    @Override
    protected String getName() {
        return "hookseal";
    }
}
