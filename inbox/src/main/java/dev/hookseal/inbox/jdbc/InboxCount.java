package dev.hookseal.inbox.jdbc;

import java.time.Instant;
import java.util.Locale;

/**
 * How many deliveries of an endpoint are in a state.
 *
 * @param oldest when the oldest of them was accepted
 * @since 0.1.0
 */
public record InboxCount(String endpoint, State state, long number, Instant oldest) {
    /** The states of deliveries that are not done with. */
    public enum State {
        /** Accepted, and not tried yet. */
        WAITING,
        /** To be tried again. */
        RETRYING,
        /** A listener has it. */
        RUNNING,
        /** Failed for good. */
        PARKED;

        private final String tag = name().toLowerCase(Locale.ROOT);

        /** Returns it in lower case, for metric tags. */
        public String tag() {
            return tag;
        }
    }
}
