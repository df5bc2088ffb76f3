package dev.hookseal.inbox.jdbc;

import dev.hookseal.jdbc.internal.Connections;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.signature.SignedContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what is in an inbox, and changes it, for those who operate an application. Every change is made only if the
 * delivery still is in the state that it is for, so that two who do the same do it once; and it is logged.
 *
 * <pre>{@code
 * InboxOperations operations = InboxOperations.of(inbox).as("alice");
 * InboxFilter timedOut = InboxFilter.of(InboxStatus.PARKED).errorContains("timed out");
 * if (operations.count(timedOut) < 1_000) {
 *     operations.rerun(timedOut);
 * }
 * }</pre>
 *
 * <p>A call ends after 30 s, and throws an {@link IllegalStateException} if the database fails.
 *
 * @since 0.1.0
 */
public final class InboxOperations {
    private static final Logger LOG = LoggerFactory.getLogger(InboxOperations.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_PAGE = 1_000;

    private static final String COUNTS = "select endpoint, state, count(*), min(accepted_at) from ("
            + "select task_name as endpoint, accepted_at,"
            + " case when inbox_status = 1 then 'PARKED' when picked = true then 'RUNNING'"
            + " when coalesce(consecutive_failures, 0) + crashes > 0 then 'RETRYING' else 'WAITING' end as state"
            + " from hookseal_inbox"
            // by the index: what is done with is later
            + " where execution_time < timestamp with time zone '9999-12-31 00:00:00+00'"
            + ") as counted group by endpoint, state order by endpoint, state";
    private static final String ENTRY = "select task_instance, task_name, event_name, inbox_status, picked_by,"
            + " accepted_at, execution_time, coalesce(consecutive_failures, 0), crashes, last_failure, last_success,"
            + " last_error from hookseal_inbox";
    private static final String DONE = "execution_time = timestamp with time zone '9999-12-31 00:00:00+00',"
            + " task_data = null, version = version + 1";

    private final JdbcInbox inbox;
    private final Connections connections;
    private final @Nullable String who;

    private InboxOperations(JdbcInbox inbox, Connections connections, @Nullable String who) {
        this.inbox = inbox;
        this.connections = connections;
        this.who = who;
    }

    /** Returns the operations on an inbox. */
    public static InboxOperations of(JdbcInbox inbox) {
        return new InboxOperations(inbox, Connections.of("inbox's operations", inbox.dataSource(), TIMEOUT), null);
    }

    /** Returns the same, with the name of who makes the changes, for the log. */
    public InboxOperations as(String name) {
        return new InboxOperations(inbox, connections, Objects.requireNonNull(name, "name"));
    }

    /** Returns how many deliveries are open or parked, by endpoint and state; without those that are 0. */
    public List<InboxCount> counts() {
        return connections.call(statements -> statements.queryAll(
                COUNTS,
                row -> new InboxCount(
                        row.getString(1),
                        InboxCount.State.valueOf(row.getString(2)),
                        row.getLong(3),
                        Objects.requireNonNull(instant(row, 4)))));
    }

    /** Returns how many deliveries a filter is for, such as before {@link #rerun(InboxFilter)}. */
    public long count(InboxFilter filter) {
        return first("select count(*) from hookseal_inbox", filter, row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * Returns a page of deliveries, in the order in which they were accepted.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit from 1 to 1,000
     * @throws IllegalArgumentException if the limit is out of its bounds
     */
    public List<InboxEntry> list(InboxFilter filter, @Nullable InboxEntry after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("The limit is " + limit + ", and must be from 1 to " + MAX_PAGE);
        }
        InboxFilter page = filter.after(after);
        return connections.call(statements -> statements.queryAll(
                ENTRY + page.where() + " order by accepted_at, task_instance fetch first " + limit + " rows only",
                InboxOperations::entry,
                page.parameters()));
    }

    /** Returns a delivery; empty if none with this key was accepted. */
    public Optional<InboxEntry> show(String key) {
        return first(ENTRY, InboxFilter.ALL.key(key), InboxOperations::entry);
    }

    /**
     * Returns what is stored of a delivery, which may be personal data; empty if none with this key was accepted, or
     * it is done with.
     */
    public Optional<SignedContent> content(String key) {
        InboxFilter filter = InboxFilter.ALL.key(key).withContent();
        return first("select task_data from hookseal_inbox", filter, inbox.dialect()::content)
                .map(SignedContent::ofStored);
    }

    private <T> Optional<T> first(String select, InboxFilter filter, Statements.Reader<T> reader) {
        return connections.call(statements ->
                Optional.ofNullable(statements.query(select + filter.where(), reader, filter.parameters())));
    }

    /** Has a parked delivery tried again, from its first attempt on. Returns false if it is not parked. */
    public boolean rerun(String key) {
        return rerun(InboxFilter.ALL.key(key), "delivery " + key) == 1;
    }

    /** Has all parked deliveries of a filter tried again, and returns how many. */
    public int rerun(InboxFilter filter) {
        return rerun(filter, "parked deliveries of a filter");
    }

    private int rerun(InboxFilter filter, String what) {
        InboxFilter parked = filter.status(InboxStatus.PARKED);
        int number = change(
                "update hookseal_inbox set inbox_status = 0, execution_time = "
                        + inbox.dialect().now()
                        + ", consecutive_failures = 0, crashes = 0, no_listener_since = null, expires_at = null,"
                        + " version = version + 1" + parked.where(),
                parked);
        log("run again", number, what);
        if (number > 0) {
            inbox.wake();
        }
        return number;
    }

    /**
     * Gives a delivery up that is parked, or waits: its body is deleted, and a redelivery is a duplicate. Returns false if a
     * listener has it at this time, or it is done with.
     */
    public boolean discard(String key) {
        return discard(InboxFilter.ALL.key(key), "delivery " + key) == 1;
    }

    /** Gives all deliveries of a filter up that are parked, or wait, and returns how many. */
    public int discard(InboxFilter filter) {
        return discard(filter, "deliveries of a filter");
    }

    private int discard(InboxFilter filter, String what) {
        String where = filter.where();
        int number = change(
                "update hookseal_inbox set inbox_status = 3, " + DONE + ", expires_at = "
                        + inbox.dialect().later("retention_ms") + (where.isEmpty() ? " where " : where + " and ")
                        + "inbox_status < 2 and picked = false",
                filter);
        log("discarded", number, what);
        return number;
    }

    /**
     * Deletes what is stored of a delivery, whatever its state, for the erasure of personal data. The row stays without it, so
     * that a redelivery does not bring it back. A listener that has it at this time keeps what it has been given; its
     * transaction is rolled back. Returns false if there is no such delivery.
     */
    public boolean erase(String key) {
        InboxFilter filter = InboxFilter.ALL.key(key);
        int number = change(
                "update hookseal_inbox set inbox_status = case when inbox_status = 2 then 2 else 3 end, " + DONE
                        + ", picked = false, picked_by = null, last_heartbeat = null, last_error = null,"
                        + " expires_at = coalesce(expires_at, "
                        + inbox.dialect().later("retention_ms") + ")"
                        + filter.where(),
                filter);
        log("erased", number, "delivery " + key);
        return number == 1;
    }

    private int change(String sql, InboxFilter filter) {
        return connections.call(statements -> statements.update(sql, filter.parameters()));
    }

    private void log(String done, int number, String what) {
        if (number > 0) {
            LOG.info("{} {}: {}{}", number, done, what, who == null ? "" : ", by " + who);
        }
    }

    private static InboxEntry entry(ResultSet row) throws SQLException {
        InboxStatus status = InboxStatus.of(row.getInt(4));
        return new InboxEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                status,
                row.getString(5),
                Objects.requireNonNull(instant(row, 6)),
                status == InboxStatus.OPEN ? instant(row, 7) : null,
                row.getInt(8),
                row.getInt(9),
                instant(row, 10),
                status == InboxStatus.HANDLED ? instant(row, 11) : null,
                row.getString(12));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
