package dev.hookseal.inbox.jdbc;

/**
 * What has become of an accepted delivery.
 *
 * @since 0.1.0
 */
public enum InboxStatus {
    /** It waits, is being handled, or will be tried again. */
    OPEN,
    /** It failed for good, and stays until an operator runs it again or discards it. */
    PARKED,
    /** Its listener has handled it. The body is gone. */
    HANDLED,
    /** An operator has discarded it. The body is gone. */
    DISCARDED;

    /** Returns the number in the column. */
    int number() {
        return ordinal();
    }

    static InboxStatus of(int number) {
        return values()[number];
    }
}
