package dev.hookseal.jdbc.internal;

import java.sql.SQLException;
import java.util.Set;

/** What an error of a database means. */
public final class SqlStates {
    // of MariaDB and MySQL: lock wait time-out, deadlock, row changed since the snapshot; of H2: concurrent update
    private static final Set<Integer> LOST_RACES = Set.of(1205, 1213, 1020, 90131);

    private SqlStates() {}

    /** Returns whether the row is there already. */
    public static boolean isDuplicate(SQLException e) {
        return state(e).startsWith("23");
    }

    /** Returns whether a transaction lost a race, and may win the next. */
    public static boolean isLostRace(SQLException e) {
        return state(e).startsWith("40") || LOST_RACES.contains(e.getErrorCode());
    }

    /** Returns whether a table is missing. */
    public static boolean isTableMissing(SQLException e) {
        return state(e).equals("42P01") || state(e).startsWith("42S0");
    }

    /** Returns whether a table, a column or the right to use it is missing. */
    public static boolean isSchema(SQLException e) {
        return state(e).startsWith("42");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
