package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;

/**
 * The properties of the store in memory, {@code hookseal.store}.
 *
 * @param maxDeliveries {@code hookseal.store.max-deliveries}, the number of handled deliveries to remember
 */
public record StoreProperties(int maxDeliveries) {
    /**
     * Creates the properties.
     *
     * @throws WebhookConfigurationException if maxDeliveries is less than 1
     */
    public StoreProperties {
        if (maxDeliveries < 1) {
            throw new WebhookConfigurationException(
                    "hookseal.store.max-deliveries must be at least 1, and it is " + maxDeliveries,
                    "set it to the number of deliveries to remember, " + InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES
                            + " unless set");
        }
    }

    /** Creates the store. */
    public InMemoryDeliveryStore inMemory(Clock clock) {
        return new InMemoryDeliveryStore(clock, maxDeliveries);
    }
}
