package dev.hookseal.inbox.jdbc;

import dev.hookseal.inbox.Acceptance;
import dev.hookseal.inbox.StoredDelivery;
import dev.hookseal.internal.LogSafe;
import dev.hookseal.jdbc.internal.SqlStates;
import dev.hookseal.jdbc.internal.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change the table of the inbox. Each is fenced by the row's version where a worker calls it: it returns
 * false if the delivery has been taken from that worker.
 */
final class InboxRows {
    static final int PURGE_BATCH = 1_000;

    private static final int MAX_ERROR = 2_000;
    private static final String NEVER_AGAIN = "timestamp with time zone '9999-12-31 00:00:00+00'";
    private static final String PARKED = "timestamp with time zone '9999-01-01 00:00:00+00'";
    private static final String NOT_PICKED =
            "update hookseal_inbox set picked = false, picked_by = null, last_heartbeat = null, version = version + 1, ";
    private static final String IF_MINE = " where task_instance = ? and version = ? and picked = true";

    private final InboxDialect dialect;
    private final String accept;
    private final boolean insertsUnlessThere;
    private final String forget;
    private final String complete;
    private final String fail;
    private final String park;
    private final String postpone;
    private final String parkWithoutListener;
    private final String crash;
    private final String parkCrashed;
    private final String giveBack;
    private final String giveBackAll;
    private final String now;
    private final String purge;

    InboxRows(InboxDialect dialect) {
        this.dialect = dialect;
        String time = dialect.now();
        accept = "insert into hookseal_inbox (task_name, task_instance, task_data, execution_time, picked, version,"
                + " event_name, accepted_at, retention_ms) values (?, ?, ?, " + time + ", false, 1, ?, " + time + ", ?)"
                + dialect.unlessThere();
        insertsUnlessThere = !dialect.unlessThere().isEmpty();
        forget = "delete from hookseal_inbox where task_instance = ? and expires_at <= " + time;
        complete = NOT_PICKED + "inbox_status = 2, task_data = null, last_success = " + time + ", execution_time = "
                + NEVER_AGAIN + ", expires_at = " + dialect.later("retention_ms") + IF_MINE;
        String failed = "last_failure = " + time
                + ", consecutive_failures = coalesce(consecutive_failures, 0) + 1, no_listener_since = null,"
                + " last_error = ?, ";
        fail = NOT_PICKED + failed + "execution_time = " + dialect.later("?") + IF_MINE;
        String parked = "inbox_status = 1, execution_time = " + PARKED + ", expires_at = case when ? > 0 then "
                + dialect.later("?") + " else null end";
        park = NOT_PICKED + failed + parked + IF_MINE;
        postpone = NOT_PICKED + "no_listener_since = coalesce(no_listener_since, " + time + "), execution_time = "
                + dialect.later("?") + IF_MINE + " and (no_listener_since is null or no_listener_since > "
                + dialect.later("?") + ")";
        parkWithoutListener = NOT_PICKED + "last_error = ?, " + parked + IF_MINE;
        String sameHeartbeat = IF_MINE + " and last_heartbeat <= ?";
        crash = NOT_PICKED + "crashes = crashes + 1, execution_time = " + dialect.later("?") + sameHeartbeat
                + " and crashes + 1 < ?";
        parkCrashed = NOT_PICKED + "crashes = crashes + 1, last_error = ?, " + parked + sameHeartbeat;
        giveBack = NOT_PICKED + "execution_time = " + time + IF_MINE;
        giveBackAll = NOT_PICKED + "execution_time = " + time + " where picked = true and picked_by = ?";
        now = "select " + time;
        purge = dialect.purge();
    }

    /** Stores a delivery. A row with the same key whose time is over counts for nothing. */
    Acceptance accept(Statements statements, StoredDelivery delivery) throws SQLException {
        if (isInserted(statements, delivery)) {
            return Acceptance.ACCEPTED;
        }
        String key = delivery.key().value();
        boolean wasOver = statements.update(forget, key) == 1;
        if (wasOver && isInserted(statements, delivery)) {
            return Acceptance.ACCEPTED;
        }
        dialect.keepDuplicate(statements, key);
        return Acceptance.DUPLICATE;
    }

    private boolean isInserted(Statements statements, StoredDelivery delivery) throws SQLException {
        try {
            return statements.update(
                            accept,
                            delivery.endpoint(),
                            delivery.key().value(),
                            dialect.toColumn(delivery.content().toStored()),
                            LogSafe.of(delivery.eventName()),
                            delivery.key().retention().toMillis())
                    == 1;
        } catch (SQLException e) {
            if (!insertsUnlessThere && SqlStates.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Marks a delivery as handled, in the transaction of the statements. */
    boolean complete(Statements statements, PickedDelivery delivery) throws SQLException {
        return statements.update(complete, delivery.key(), delivery.version()) == 1;
    }

    /** Records a failed attempt, after which another follows. */
    boolean fail(Statements statements, PickedDelivery delivery, String error, Duration wait) throws SQLException {
        return statements.update(fail, cleaned(error), wait.toMillis(), delivery.key(), delivery.version()) == 1;
    }

    /**
     * Records a failed attempt, after which none follows.
     *
     * @param retention after which the row is deleted; null to keep it
     */
    boolean park(Statements statements, PickedDelivery delivery, String error, @Nullable Duration retention)
            throws SQLException {
        long millis = millis(retention);
        return statements.update(park, cleaned(error), millis, millis, delivery.key(), delivery.version()) == 1;
    }

    /**
     * Leaves a delivery to another version of the application, unless there has been no listener for some time.
     *
     * @return false if that time is over, or the delivery was taken from the worker
     */
    boolean postpone(Statements statements, PickedDelivery delivery, Duration wait, Duration longest)
            throws SQLException {
        return statements.update(postpone, wait.toMillis(), delivery.key(), delivery.version(), -longest.toMillis())
                == 1;
    }

    /** Parks a delivery that no version of the application has a listener for. */
    boolean parkWithoutListener(
            Statements statements, PickedDelivery delivery, String error, @Nullable Duration retention)
            throws SQLException {
        long millis = millis(retention);
        return statements.update(
                        parkWithoutListener, cleaned(error), millis, millis, delivery.key(), delivery.version())
                == 1;
    }

    /**
     * Takes a delivery from a process that has died, to be tried again.
     *
     * @return false if it died with too many, or the process shows that it lives
     */
    boolean crash(Statements statements, PickedDelivery delivery, Duration wait, int maxCrashes) throws SQLException {
        return statements.update(
                        crash, wait.toMillis(), delivery.key(), delivery.version(), lastHeartbeat(delivery), maxCrashes)
                == 1;
    }

    /** Parks a delivery with which too many processes have died. */
    boolean parkCrashed(Statements statements, PickedDelivery delivery, String error, @Nullable Duration retention)
            throws SQLException {
        long millis = millis(retention);
        return statements.update(
                        parkCrashed,
                        cleaned(error),
                        millis,
                        millis,
                        delivery.key(),
                        delivery.version(),
                        lastHeartbeat(delivery))
                == 1;
    }

    private static OffsetDateTime lastHeartbeat(PickedDelivery delivery) {
        return Objects.requireNonNull(delivery.heartbeat(), "the heartbeat by which a process was found to be dead");
    }

    /** Gives a delivery back to be handled at once, without a failed attempt. */
    boolean giveBack(Statements statements, PickedDelivery delivery) throws SQLException {
        return statements.update(giveBack, delivery.key(), delivery.version()) == 1;
    }

    /** Gives back what a process still holds, and returns how many deliveries. */
    int giveBackAll(Statements statements, String process) throws SQLException {
        return statements.update(giveBackAll, process);
    }

    /** Returns the database's time. */
    Instant now(Statements statements) throws SQLException {
        return Objects.requireNonNull(statements.query(now, row -> row.getObject(1, OffsetDateTime.class)), "a time")
                .toInstant();
    }

    /** Deletes some rows whose time is over, and returns whether there may be more. */
    boolean purge(Statements statements) throws SQLException {
        return statements.update(purge, PURGE_BATCH) == PURGE_BATCH;
    }

    private static long millis(@Nullable Duration retention) {
        return retention == null ? 0 : retention.toMillis();
    }

    // A database takes neither every control character nor half of a surrogate pair.
    static String cleaned(String error) {
        String clean = error.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return clean.length() <= MAX_ERROR
                ? clean
                : clean.substring(0, MAX_ERROR - 1).replaceAll("\\p{Cs}$", "") + "…";
    }
}
