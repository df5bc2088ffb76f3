package dev.hookseal.inbox.jdbc;

import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.NoListenerException;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.PreparedDelivery;
import dev.hookseal.jdbc.internal.Statements;
import dev.hookseal.signature.SignedContent;
import java.nio.channels.ClosedByInterruptException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Handles one delivery, and records how that ended. Used by all threads of the workers. */
final class DeliveryRun {
    static final Duration POSTPONED_FOR = Duration.ofSeconds(30);
    static final Duration LONGEST_WITHOUT_LISTENER = Duration.ofHours(1);

    private final JdbcInbox inbox;
    private final InboxDispatcher dispatcher;
    private final InboxTransactions transactions;
    private final RetryPolicy retries;
    private final @Nullable Duration parkedRetention;
    private final List<InboxObserver> observers;
    private final Unrecorded unrecorded;

    DeliveryRun(
            JdbcInbox inbox,
            InboxDispatcher dispatcher,
            InboxTransactions transactions,
            RetryPolicy retries,
            @Nullable Duration parkedRetention,
            List<InboxObserver> observers,
            Unrecorded unrecorded) {
        this.inbox = inbox;
        this.dispatcher = dispatcher;
        this.transactions = transactions;
        this.retries = retries;
        this.parkedRetention = parkedRetention;
        this.observers = observers;
        this.unrecorded = unrecorded;
    }

    /** Thrown within a transaction, to roll it back. */
    private static final class LostException extends Exception {
        private static final long serialVersionUID = 1L;

        LostException() {
            super("The delivery was taken by another worker", null, false, false);
        }
    }

    /** One attempt, as far as it is known. */
    private final class Run {
        private final PickedDelivery delivery;
        private final BooleanSupplier stopping;
        private final long start = System.nanoTime();
        private @Nullable String eventName;
        private @Nullable Instant acceptedAt;

        Run(PickedDelivery delivery, BooleanSupplier stopping) {
            this.delivery = delivery;
            this.stopping = stopping;
        }

        private int number() {
            return delivery.failures() + 1;
        }

        void handle(byte[] stored) throws Exception {
            SignedContent content = SignedContent.ofStored(stored);
            acceptedAt = content.verifiedAt();
            PreparedDelivery prepared = dispatcher.prepare(content);
            eventName = prepared.webhook().eventName();
            // an operator may have set a smaller number since
            int max = Math.max(retries.maxAttempts(), number());
            Attempt attempt = Attempt.of(number(), max, content.verifiedAt()).withStopping(stopping);
            if (prepared.isTransactional()) {
                transactions.execute(connection -> {
                    prepared.handle(attempt.within(connection));
                    complete(connection);
                });
                tell(AttemptResult.HANDLED, null);
            } else {
                prepared.handle(attempt);
                record(AttemptResult.HANDLED, null, statements -> inbox.rows().complete(statements, delivery));
            }
        }

        private void complete(Connection connection) throws SQLException, LostException {
            if (!inbox.rows().complete(new Statements(connection, 0), delivery)) {
                throw new LostException();
            }
        }

        void failed(Throwable failure) {
            if (failure instanceof LostException) {
                tell(AttemptResult.LOST, null);
            } else if (failure instanceof NoListenerException) {
                postpone(failure);
            } else if (stopping.getAsBoolean() && isInterruption(failure)) {
                record(
                        AttemptResult.INTERRUPTED,
                        failure,
                        statements -> inbox.rows().giveBack(statements, delivery));
            } else if (failure instanceof ParkException || number() >= retries.maxAttempts()) {
                record(
                        AttemptResult.PARKED,
                        failure,
                        statements -> inbox.rows().park(statements, delivery, describe(failure), parkedRetention));
            } else {
                record(
                        AttemptResult.FAILED,
                        failure,
                        statements ->
                                inbox.rows().fail(statements, delivery, describe(failure), retries.wait(number())));
            }
        }

        private void postpone(Throwable failure) {
            boolean postponed = record(
                    AttemptResult.POSTPONED,
                    null,
                    statements -> inbox.rows().postpone(statements, delivery, POSTPONED_FOR, LONGEST_WITHOUT_LISTENER));
            if (!postponed) {
                record(
                        AttemptResult.PARKED,
                        failure,
                        statements -> inbox.rows()
                                .parkWithoutListener(statements, delivery, describe(failure), parkedRetention));
            }
        }

        /** Records the end of the attempt; later, if the database does not answer. Returns false if it was lost. */
        private boolean record(AttemptResult result, @Nullable Throwable failure, Unrecorded.Change change) {
            boolean recorded;
            try {
                recorded = inbox.call(change::on);
            } catch (RuntimeException e) {
                Workers.LOG.warn(
                        "The end of attempt {} at delivery {} could not be recorded: {}; it is tried again",
                        number(),
                        delivery.key(),
                        e.getMessage());
                unrecorded.add(delivery, change);
                recorded = true;
            }
            if (recorded) {
                tell(result, failure);
            } else if (result != AttemptResult.POSTPONED) {
                tell(AttemptResult.LOST, failure);
            }
            return recorded;
        }

        private void tell(AttemptResult result, @Nullable Throwable failure) {
            DeliveryRun.this.tell(new AttemptOutcome(
                    delivery.endpoint(),
                    delivery.key(),
                    eventName,
                    result,
                    number(),
                    Duration.ofNanos(System.nanoTime() - start),
                    acceptedAt == null ? null : Duration.between(acceptedAt, Instant.now()),
                    failure));
        }
    }

    /** Handles a delivery. Whatever happens is recorded, and nothing is thrown. */
    void run(PickedDelivery delivery, byte[] stored, BooleanSupplier stopping) {
        Run run = new Run(delivery, stopping);
        try {
            run.handle(stored);
        } catch (Throwable e) {
            run.failed(e);
        }
    }

    /** Takes a delivery from a process that shows no sign of life. */
    void crashed(PickedDelivery delivery) {
        Duration wait = retries.wait(1);
        if (inbox.call(statements -> inbox.rows().crash(statements, delivery, wait, retries.maxCrashes()))) {
            tell(crash(delivery, AttemptResult.CRASHED));
            return;
        }
        String error =
                "The process died while it handled this delivery, for the last of " + retries.maxCrashes() + " times";
        if (inbox.call(statements -> inbox.rows().parkCrashed(statements, delivery, error, parkedRetention))) {
            tell(crash(delivery, AttemptResult.PARKED));
        }
    }

    private static AttemptOutcome crash(PickedDelivery delivery, AttemptResult result) {
        return new AttemptOutcome(
                delivery.endpoint(), delivery.key(), null, result, delivery.failures() + 1, Duration.ZERO, null, null);
    }

    private void tell(AttemptOutcome outcome) {
        for (InboxObserver observer : observers) {
            try {
                observer.attempted(outcome);
            } catch (RuntimeException e) {
                Workers.LOG.warn("An observer of the inbox failed", e);
            }
        }
    }

    private static boolean isInterruption(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        // a driver may say so in another exception
        return Thread.currentThread().isInterrupted();
    }

    static String describe(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getName() + ": " + failure.getMessage();
    }
}
