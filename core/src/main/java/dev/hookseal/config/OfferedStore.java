package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.store.DeliveryStore;

/**
 * A store that a module can open in this application, because what it needs is there. It is opened only if it is the one
 * to use: see {@link GlobalProperties#deliveryStore}.
 *
 * @apiNote For authors of stores and adapters.
 * @since 0.1.0
 */
public interface OfferedStore {
    /** Returns its value of {@code hookseal.store.type}, such as {@code jdbc}. */
    String type();

    /**
     * Opens the store. Its adapter closes it with the application, if it is an {@link AutoCloseable}.
     *
     * @throws WebhookConfigurationException if the configuration is wrong, or does not fit the database
     */
    DeliveryStore open();
}
