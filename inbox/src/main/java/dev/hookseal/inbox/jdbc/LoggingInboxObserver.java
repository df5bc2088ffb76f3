package dev.hookseal.inbox.jdbc;

import dev.hookseal.internal.LogSafe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each attempt that is out of the ordinary, without a body. Nothing else logs what a listener throws: the line of a
 * failed attempt has its message, that of a parked delivery its stack trace too.
 */
final class LoggingInboxObserver implements InboxObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hookseal.deliveries");
    private static final int MAX_CAUSE = 300;

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
            case PARKED -> logParked(outcome, event);
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
        if (outcome.failure() != null && outcome.result() != AttemptResult.PARKED) {
            LOG.debug("What the listener threw", outcome.failure());
        }
    }

    private static String describe(AttemptOutcome outcome) {
        Throwable failure = outcome.failure();
        if (failure == null) {
            return "too many processes died with it";
        }
        // as it is stored, on one line
        String text = InboxRows.cleaned(DeliveryRun.describe(failure));
        return text.length() <= MAX_CAUSE ? text : text.substring(0, MAX_CAUSE) + "…";
    }

    private static void logParked(AttemptOutcome outcome, String event) {
        String text = "Delivery " + outcome.key() + ", event " + event + ", is parked after attempt " + outcome.number()
                + " (" + describe(outcome) + "): it stays until it is run again or discarded by InboxOperations";
        if (outcome.failure() == null) {
            LOG.warn(text);
        } else {
            LOG.warn(text, outcome.failure());
        }
    }
}
