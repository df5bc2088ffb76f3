package dev.hookseal.jdbc.internal;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a PostgreSQL keeps what it has committed when its server crashes. Its administrator may decide otherwise. */
public final class PostgreSqlDurability {
    private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlDurability.class);
    private static final String OFF = "select name from pg_settings"
            + " where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name";

    private PostgreSqlDurability() {}

    /**
     * Warns if it does not.
     *
     * @param url for the message
     * @param otherwise what a server that crashes may do, such as "lose deliveries"
     */
    public static void check(Statements statements, String url, String otherwise) throws SQLException {
        List<String> off = statements.queryAll(OFF, row -> row.getString(1));
        if (!off.isEmpty()) {
            LOG.warn(
                    "The PostgreSQL at {} has {} off for this application: a crash of its server may {}. Set it to on",
                    url,
                    String.join(" and ", off),
                    otherwise);
        }
    }
}
