package dev.hookseal.jdbc.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements on one connection, each of which is its own transaction. */
public final class Statements {
    private final Connection connection;
    private final int timeoutSeconds;

    /** Reads what a query gives from its first row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads it. */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs them on a connection.
     *
     * @param timeoutSeconds after which the database ends a statement; 0 leaves it to the network time-out
     */
    public Statements(Connection connection, int timeoutSeconds) {
        this.connection = connection;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Returns how many rows were changed. */
    public int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Returns what is read from the first row; null if there are no rows. */
    public <T> @Nullable T query(String sql, Reader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        }
    }

    /** Returns what is read from each row. */
    public <T> List<T> queryAll(String sql, Reader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (timeoutSeconds > 0) {
            statement.setQueryTimeout(timeoutSeconds);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
