package dev.hookseal.spring;

import java.util.Map;

/** What the health endpoint shows of the inbox. */
@FunctionalInterface
interface InboxHealth {
    /**
     * Returns how many deliveries are in each state.
     *
     * @throws RuntimeException if the database does not answer, or has no table
     */
    Map<String, Object> details();
}
