package dev.hookseal.jdbc;

import dev.hookseal.jdbc.internal.Schema;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.store.DeliveryClaim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The statements of one kind of database. Each is atomic by itself, and goes by the database's clock. */
abstract class Dialect implements Schema.Dialect {
    /** The file of the script that creates the table. */
    static final String SCRIPT = "V1__hookseal_delivery.sql";

    /** The number of rows that one statement of the purge deletes. */
    static final int PURGE_BATCH = 1_000;

    private final String schemaFolder;

    /** @param schemaFolder the folder of its scripts below {@code dev/hookseal/schema} */
    Dialect(String schemaFolder) {
        this.schemaFolder = schemaFolder;
    }

    @Override
    public final String schemaFolder() {
        return schemaFolder;
    }

    abstract DeliveryClaim claim(Statements statements, String key, UUID token, Duration lease) throws SQLException;

    abstract boolean complete(Statements statements, String key, UUID token, Duration retention) throws SQLException;

    abstract boolean release(Statements statements, String key, UUID token) throws SQLException;

    /** Deletes up to {@link #PURGE_BATCH} rows that are over, and returns how many. Another node may do so too. */
    abstract int purge(Statements statements) throws SQLException;

    @Override
    public void checkDatabase(Statements statements, String url) throws SQLException {}
}
