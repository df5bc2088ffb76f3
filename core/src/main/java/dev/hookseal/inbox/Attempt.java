package dev.hookseal.inbox;

import java.sql.Connection;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to handle a delivery, as a listener sees it.
 *
 * @since 0.1.0
 */
public final class Attempt {
    private final int number;
    private final int maxAttempts;
    private final Instant acceptedAt;
    private final BooleanSupplier stopping;
    private final @Nullable Connection connection;

    private Attempt(
            int number,
            int maxAttempts,
            Instant acceptedAt,
            BooleanSupplier stopping,
            @Nullable Connection connection) {
        if (number < 1 || number > maxAttempts) {
            throw new IllegalArgumentException("Attempt " + number + " of " + maxAttempts
                    + ": the first is 1, and the last is as many as there are");
        }
        this.number = number;
        this.maxAttempts = maxAttempts;
        this.acceptedAt = acceptedAt;
        this.stopping = stopping;
        this.connection = connection;
    }

    /**
     * Returns an attempt outside of a transaction.
     *
     * @param number from 1
     * @param maxAttempts after which the delivery is parked
     * @param acceptedAt when the sender got its 202
     * @throws IllegalArgumentException if the number is less than 1 or more than the maximum
     */
    public static Attempt of(int number, int maxAttempts, Instant acceptedAt) {
        return new Attempt(number, maxAttempts, acceptedAt, () -> false, null);
    }

    /** Returns the same attempt, which learns from here whether the process is about to end. */
    public Attempt withStopping(BooleanSupplier isStopping) {
        return new Attempt(number, maxAttempts, acceptedAt, isStopping, connection);
    }

    /** Returns the same attempt within the transaction of a connection. */
    public Attempt within(Connection transaction) {
        return new Attempt(number, maxAttempts, acceptedAt, stopping, transaction);
    }

    /** Returns which attempt this is: 1 for the first. What a killed process began does not count. */
    public int number() {
        return number;
    }

    /** Returns after how many failed attempts the delivery is parked. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** Returns whether the delivery is parked if this attempt fails. */
    public boolean isLast() {
        return number == maxAttempts;
    }

    /** Returns when the delivery was accepted, by the clock of the node that received it. */
    public Instant acceptedAt() {
        return acceptedAt;
    }

    /** Returns whether the application is about to end, so that a handler that loops can throw and be tried later. */
    public boolean isStopping() {
        return stopping.getAsBoolean();
    }

    /**
     * Returns the connection whose transaction completes the delivery: what is written through it is committed together with
     * the completion, or not at all. It is not to be committed, rolled back or closed.
     *
     * @throws IllegalStateException if the listener does not run in such a transaction
     */
    public Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("This listener does not run in the transaction of an inbox: register it as"
                    + " transactional, or annotate it with @Transactional");
        }
        return connection;
    }

    @Override
    public String toString() {
        return "attempt " + number + " of " + maxAttempts;
    }
}
