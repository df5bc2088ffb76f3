package dev.hookseal.inbox.jdbc;

import java.util.Locale;

/**
 * How an attempt ended.
 *
 * @since 0.1.0
 */
public enum AttemptResult {
    /** The listener returned, and the delivery is complete. */
    HANDLED,
    /** The listener threw; another attempt follows. */
    FAILED,
    /** The listener threw for the last time, or another attempt is pointless. */
    PARKED,
    /** Another worker had taken the delivery meanwhile; a transaction was rolled back. */
    LOST,
    /** The process that handled the delivery died; another attempt follows. */
    CRASHED,
    /** This version of the application has no listener for the event; another one may have. */
    POSTPONED,
    /** The application ended before the listener did; another attempt follows. */
    INTERRUPTED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** Returns it in lower case, for metric tags. */
    public String tag() {
        return tag;
    }
}
