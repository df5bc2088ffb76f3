package dev.hookseal.inbox.jdbc;

/**
 * What has become of an accepted delivery.
 *
 * @since 0.1.0
 */
public enum InboxStatus {
    /** It waits, is being handled, or will be tried again. */
    OPEN(0),
    /** It failed for good, and stays until an operator runs it again or discards it. */
    PARKED(1),
    /** Its listener has handled it. The body is gone. */
    HANDLED(2),
    /** An operator has discarded it. The body is gone. */
    DISCARDED(3);

    private final int number;

    InboxStatus(int number) {
        this.number = number;
    }

    /** Returns the number in the column. */
    int number() {
        return number;
    }

    static InboxStatus of(int number) {
        for (InboxStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalStateException("A delivery has the status " + number + ", which this version does not know");
    }
}
