package dev.hookseal.benchmarks.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an application would write itself: threads that take one due row after the other. It reads no event, tries nothing
 * again, and keeps no heartbeat.
 */
final class OwnLoop {
    private static final String NEXT =
            "select task_instance from hookseal_inbox where execution_time <= clock_timestamp() and not picked"
                    + " order by execution_time limit 1 for update skip locked";
    private static final String CLAIM =
            "update hookseal_inbox set picked = true, picked_by = 'loop', last_heartbeat = clock_timestamp(),"
                    + " version = version + 1 where task_instance = (" + NEXT + ") returning task_instance, task_data";
    private static final String COMPLETE =
            "update hookseal_inbox set picked = false, picked_by = null, last_heartbeat = null,"
                    + " last_success = clock_timestamp(), inbox_status = 2, task_data = null,"
                    + " execution_time = '9999-12-31 00:00:00+00', version = version + 1,"
                    + " expires_at = clock_timestamp() + retention_ms * interval '1 millisecond'"
                    + " where task_instance = ?";

    private final DataSource dataSource;
    private final boolean claims;

    private OwnLoop(DataSource dataSource, boolean claims) {
        this.dataSource = dataSource;
        this.claims = claims;
    }

    /** Claims a row in a transaction, so that others see who has it, and handles and completes it in the next. */
    static OwnLoop thatClaims(DataSource dataSource) {
        return new OwnLoop(dataSource, true);
    }

    /** Holds a row locked while it is handled, and leaves no trace if the process dies. */
    static OwnLoop thatLocks(DataSource dataSource) {
        return new OwnLoop(dataSource, false);
    }

    /** Handles all that is due. */
    void run(int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(() -> {
                    work();
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void work() throws SQLException {
        boolean more = true;
        while (more) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                String key = key(connection);
                more = key != null;
                if (key != null) {
                    if (claims) {
                        connection.commit();
                    }
                    InboxRun.note(connection, key);
                    try (PreparedStatement complete = connection.prepareStatement(COMPLETE)) {
                        complete.setString(1, key);
                        complete.executeUpdate();
                    }
                }
                connection.commit();
            }
        }
    }

    private @Nullable String key(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(claims ? CLAIM : NEXT);
                ResultSet row = next.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
