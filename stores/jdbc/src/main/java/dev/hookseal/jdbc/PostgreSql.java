package dev.hookseal.jdbc;

import dev.hookseal.jdbc.internal.PostgreSqlDurability;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.store.DeliveryClaim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * PostgreSQL, in one round trip a call. A duplicate writes nothing: {@code on conflict do update} would lock the row, and
 * a lock is a write, so a row that counts is looked for first. Leases are measured by {@code clock_timestamp()}, since
 * {@code now()} is when the transaction began, and stays so while a statement waits for another's.
 */
final class PostgreSql extends Dialect {
    // A statement that waited for a lock until its caller gave up must not claim: hence the third condition. No row at
    // all: another caller has committed its claim since this statement began.
    static final String CLAIM = """
            with seen as (
              select completed from hookseal_delivery
               where delivery_key = ? and expires_at > clock_timestamp()),
            claim as (
              insert into hookseal_delivery as d (delivery_key, token, completed, expires_at)
              select ?, ?, false, clock_timestamp() + ? * interval '1 millisecond'
               where not exists (select 1 from seen)
                 and clock_timestamp() < now() + ? * interval '1 millisecond'
              on conflict (delivery_key) do update
                 set token = excluded.token, completed = false, expires_at = excluded.expires_at
               where d.expires_at <= clock_timestamp()
              returning 1)
            select 0 from claim
            union all
            select case when completed then 1 else 2 end from seen""";

    private static final String COMPLETE = """
            update hookseal_delivery
               set completed = true, expires_at = clock_timestamp() + ? * interval '1 millisecond'
             where delivery_key = ? and token = ? and not completed and expires_at > clock_timestamp()""";

    private static final String RELEASE = """
            delete from hookseal_delivery
             where delivery_key = ? and token = ? and not completed and expires_at > clock_timestamp()""";

    // now(), since an index is of no use to clock_timestamp(), which may change from row to row
    static final String PURGE = """
            delete from hookseal_delivery where ctid = any (array(
              select ctid from hookseal_delivery
               where expires_at < now() order by expires_at limit ? for update skip locked))""";

    private final Duration timeout;

    PostgreSql(Duration timeout) {
        super("postgresql");
        this.timeout = timeout;
    }

    @Override
    public void checkDatabase(Statements statements, String url) throws SQLException {
        PostgreSqlDurability.check(statements, url, "make it forget deliveries which were handled");
    }

    @Override
    DeliveryClaim claim(Statements statements, String key, UUID token, Duration lease) throws SQLException {
        Integer result =
                statements.query(CLAIM, row -> row.getInt(1), key, key, token, lease.toMillis(), timeout.toMillis());
        if (result == null) {
            return new DeliveryClaim.InProgress();
        }
        return switch (result) {
            case 0 -> new DeliveryClaim.Granted(token);
            case 1 -> new DeliveryClaim.Completed();
            default -> new DeliveryClaim.InProgress();
        };
    }

    @Override
    boolean complete(Statements statements, String key, UUID token, Duration retention) throws SQLException {
        return statements.update(COMPLETE, retention.toMillis(), key, token) == 1;
    }

    @Override
    boolean release(Statements statements, String key, UUID token) throws SQLException {
        return statements.update(RELEASE, key, token) == 1;
    }

    @Override
    int purge(Statements statements) throws SQLException {
        return statements.update(PURGE, PURGE_BATCH);
    }
}
