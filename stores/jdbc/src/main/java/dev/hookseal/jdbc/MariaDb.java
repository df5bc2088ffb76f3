package dev.hookseal.jdbc;

import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.store.DeliveryClaim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** MariaDB from 10.5, in one round trip a call. */
final class MariaDb extends MySql {
    // From left to right, each on what those before it have set: expires_at has to be the last.
    private static final String CLAIM = "insert into hookseal_delivery (delivery_key, token, completed, expires_at)"
            + " values (?, ?, false, " + LATER + ")"
            + " on duplicate key update"
            + " token = if(expires_at <= " + NOW + ", values(token), token),"
            + " completed = if(expires_at <= " + NOW + ", false, completed),"
            + " expires_at = if(expires_at <= " + NOW + ", values(expires_at), expires_at)"
            + " returning token, completed";

    @Override
    DeliveryClaim claim(Statements statements, String key, UUID token, Duration lease) throws SQLException {
        DeliveryClaim claim =
                statements.query(CLAIM, row -> claim(row, token), key, parameter(token), lease.toMillis());
        return claim == null ? new DeliveryClaim.InProgress() : claim;
    }

    private static DeliveryClaim claim(ResultSet row, UUID token) throws SQLException {
        if (token.toString().equals(row.getString(1))) {
            return new DeliveryClaim.Granted(token);
        }
        return row.getBoolean(2) ? new DeliveryClaim.Completed() : new DeliveryClaim.InProgress();
    }
}
