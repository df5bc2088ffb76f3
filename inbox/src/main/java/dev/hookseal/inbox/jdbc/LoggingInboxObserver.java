package dev.hookseal.inbox.jdbc;

import dev.hookseal.internal.LogSafe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line for each attempt that is out of the ordinary, without a body; WARN when a delivery is parked. */
final class LoggingInboxObserver implements InboxObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hookseal.deliveries");

    @Override
    public void attempted(AttemptOutcome outcome) {
        String event = outcome.eventName() == null ? "of an unknown event" : LogSafe.of(outcome.eventName());
        switch (outcome.result()) {
            case HANDLED ->
                LOG.debug(
                        "Handled delivery {}, event {}, attempt {} in {} ms",
                        outcome.key(),
                        event,
                        outcome.number(),
                        outcome.duration().toMillis());
            case FAILED ->
                LOG.info(
                        "Attempt {} at delivery {}, event {}, failed ({}): it will be tried again",
                        outcome.number(),
                        outcome.key(),
                        event,
                        describe(outcome));
            case PARKED ->
                LOG.warn(
                        "Delivery {}, event {}, is parked after attempt {} ({}): it stays until it is run again or"
                                + " discarded",
                        outcome.key(),
                        event,
                        outcome.number(),
                        describe(outcome));
            case LOST ->
                LOG.warn(
                        "Delivery {}, event {}, was taken by another worker while its listener ran: its transaction is"
                                + " rolled back; without one, its work may be done twice",
                        outcome.key(),
                        event);
            case CRASHED ->
                LOG.warn("The process that handled delivery {} has died: it will be tried again", outcome.key());
            case POSTPONED -> LOG.info("Delivery {} has no listener in this version of the application", outcome.key());
            case INTERRUPTED -> LOG.info("Delivery {} is given back, since the application ends", outcome.key());
        }
        if (outcome.failure() != null) {
            LOG.debug("What the listener threw", outcome.failure());
        }
    }

    private static String describe(AttemptOutcome outcome) {
        Throwable failure = outcome.failure();
        return failure == null
                ? "too many processes died with it"
                : failure.getClass().getName();
    }
}
