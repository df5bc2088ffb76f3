package dev.hookseal.jdbc;

import dev.hookseal.jdbc.internal.SqlStates;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.store.DeliveryClaim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * A database without a statement that inserts or takes over a row and says which: one trip for a new delivery, three for
 * a duplicate. The subclasses have the words of their database for the time.
 */
abstract class InsertOrUpdate extends Dialect {
    // a row may be deleted between two statements; more often than that it is not chance
    private static final int ROUNDS = 5;

    private final String insert;
    private final String takeOver;
    private final String look;
    private final String complete;
    private final String release;
    private final String purge;

    /**
     * @param now the database's time
     * @param later the database's time, later by a parameter of milliseconds
     * @param first the end of a {@code delete} that deletes a parameter of rows
     */
    InsertOrUpdate(String schemaFolder, String now, String later, String first) {
        super(schemaFolder);
        insert = "insert into hookseal_delivery (delivery_key, token, completed, expires_at) values (?, ?, false, "
                + later + ")";
        takeOver = "update hookseal_delivery set token = ?, completed = false, expires_at = " + later
                + " where delivery_key = ? and expires_at <= " + now;
        look = "select completed from hookseal_delivery where delivery_key = ? and expires_at > " + now;
        complete = "update hookseal_delivery set completed = true, expires_at = " + later
                + " where delivery_key = ? and token = ? and completed = false and expires_at > " + now;
        release =
                "delete from hookseal_delivery where delivery_key = ? and token = ? and completed = false and expires_at > "
                        + now;
        purge = "delete from hookseal_delivery where expires_at < " + now + " " + first;
    }

    /** Returns a token as a parameter. */
    abstract Object parameter(UUID token);

    @Override
    DeliveryClaim claim(Statements statements, String key, UUID token, Duration lease) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            if (isInserted(statements, key, token, lease)
                    || statements.update(takeOver, parameter(token), lease.toMillis(), key) == 1) {
                return new DeliveryClaim.Granted(token);
            }
            Boolean completed = statements.query(look, row -> row.getBoolean(1), key);
            if (completed != null) {
                return completed ? new DeliveryClaim.Completed() : new DeliveryClaim.InProgress();
            }
        }
        return new DeliveryClaim.InProgress();
    }

    private boolean isInserted(Statements statements, String key, UUID token, Duration lease) throws SQLException {
        try {
            statements.update(insert, key, parameter(token), lease.toMillis());
            return true;
        } catch (SQLException e) {
            if (SqlStates.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    boolean complete(Statements statements, String key, UUID token, Duration retention) throws SQLException {
        return statements.update(complete, retention.toMillis(), key, parameter(token)) == 1;
    }

    @Override
    boolean release(Statements statements, String key, UUID token) throws SQLException {
        return statements.update(release, key, parameter(token)) == 1;
    }

    @Override
    int purge(Statements statements) throws SQLException {
        return statements.update(purge, PURGE_BATCH);
    }
}
