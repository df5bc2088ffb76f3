package dev.hookseal.inbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs a listener and the completion of its delivery in one transaction on the database of the inbox. The adapters have one
 * for the transactions of their framework.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InboxTransactions {

    /** What runs in a transaction. */
    @FunctionalInterface
    interface Work {
        /** Does it, without a commit, a rollback or a close. */
        void in(Connection connection) throws Exception;
    }

    /**
     * Runs it and commits. Whatever it throws, an {@code Error} or a checked exception too, rolls back and is thrown on.
     *
     * @throws Exception what the work throws, or what the commit fails with
     */
    void execute(Work work) throws Exception;

    /** Returns transactions by JDBC alone, on a connection of the data source. */
    static InboxTransactions of(DataSource dataSource) {
        return work -> {
            try (Connection connection = dataSource.getConnection()) {
                boolean autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(false);
                boolean done = false;
                try {
                    work.in(connection);
                    connection.commit();
                    done = true;
                } finally {
                    end(connection, done, autoCommit);
                }
            }
        };
    }

    private static void end(Connection connection, boolean done, boolean autoCommit) {
        try {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // the connection is broken: what was not committed is gone, and the pool finds out
            Workers.LOG.debug("A transaction could not be ended on its connection", e);
        }
    }
}
