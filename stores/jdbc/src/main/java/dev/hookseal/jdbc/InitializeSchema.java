package dev.hookseal.jdbc;

import dev.hookseal.WebhookConfigurationException;
import java.util.Locale;

/**
 * When a store creates its table at the start.
 *
 * @since 0.1.0
 */
public enum InitializeSchema {
    /** In a database that runs within this process: H2 in memory or in a file. */
    EMBEDDED,
    /** In every database in which it is missing. */
    ALWAYS,
    /** Never: a migration creates it. */
    NEVER;

    /**
     * Returns whether a missing table is created.
     *
     * @param embedded whether the database runs within this process
     */
    public boolean creates(boolean embedded) {
        return this == ALWAYS || (this == EMBEDDED && embedded);
    }

    /**
     * Returns the value of the property.
     *
     * @throws WebhookConfigurationException if it is not one of the three
     */
    public static InitializeSchema of(String value) {
        for (InitializeSchema each : values()) {
            if (each.name().equalsIgnoreCase(value)) {
                return each;
            }
        }
        throw new WebhookConfigurationException(
                JdbcSettings.INITIALIZE_SCHEMA.key() + " is " + value, "set it to embedded, always or never");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
