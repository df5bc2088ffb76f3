package dev.hookseal.micronaut;

import java.util.Map;

/** Looks into the inbox for the health endpoint, where the application has one with a database. */
@FunctionalInterface
interface InboxHealth {
    /**
     * Returns how many deliveries are in which state.
     *
     * @throws IllegalStateException if the database does not answer, or has no such table
     */
    Map<String, Object> details();
}
