package dev.hookseal.inbox.jdbc;

/**
 * Hears the outcome of each attempt. It is called by the workers' threads, so it must not block; what it throws is logged.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InboxObserver {
    /** An attempt ended. */
    void attempted(AttemptOutcome outcome);
}
