package dev.hookseal.jdbc;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.store.DeliveryClaim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The statements of one kind of database. Each is atomic by itself, and goes by the database's clock. */
abstract class Dialect {
    /** The number of rows that one statement of the purge deletes. */
    static final int PURGE_BATCH = 1_000;

    private final String schemaFolder;

    /** @param schemaFolder the folder of its scripts below {@code dev/hookseal/schema} */
    Dialect(String schemaFolder) {
        this.schemaFolder = schemaFolder;
    }

    /** Returns the name of the script that creates the table, on the class path. */
    String script() {
        return "dev/hookseal/schema/" + schemaFolder + "/V1__hookseal_delivery.sql";
    }

    abstract DeliveryClaim claim(Statements statements, String key, UUID token, Duration lease) throws SQLException;

    abstract boolean complete(Statements statements, String key, UUID token, Duration retention) throws SQLException;

    abstract boolean release(Statements statements, String key, UUID token) throws SQLException;

    /** Deletes up to {@link #PURGE_BATCH} rows that are over, and returns how many. Another node may do so too. */
    abstract int purge(Statements statements) throws SQLException;

    /**
     * Checks that the database keeps what it has committed, and takes each key for itself.
     *
     * @param url for messages
     * @throws WebhookConfigurationException if it does not
     */
    void checkDatabase(Statements statements, String url) throws SQLException {}
}
