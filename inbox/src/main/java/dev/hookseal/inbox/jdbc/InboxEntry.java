package dev.hookseal.inbox.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in the inbox, without its body. All times are the database's.
 *
 * @param key the delivery key
 * @param eventName cut after 100 characters, with a question mark for each that is not printable ASCII
 * @param worker which process handles it at this time; null if none does
 * @param acceptedAt when the sender got 202
 * @param dueAt when it is tried next; null unless it is open
 * @param failures how many attempts have failed since it was accepted or run again
 * @param crashes how many processes have died with it
 * @param lastFailureAt when an attempt failed last; null if none did
 * @param handledAt when it was handled; null if it was not
 * @param lastError the class and message of what the listener threw last; null if it did not
 * @since 0.1.0
 */
public record InboxEntry(
        String key,
        String endpoint,
        String eventName,
        InboxStatus status,
        @Nullable String worker,
        Instant acceptedAt,
        @Nullable Instant dueAt,
        int failures,
        int crashes,
        @Nullable Instant lastFailureAt,
        @Nullable Instant handledAt,
        @Nullable String lastError) {
    /** Returns whether a listener has it at this time. */
    public boolean isRunning() {
        return worker != null;
    }
}
