package dev.hookseal.inbox.jdbc;

import dev.hookseal.jdbc.internal.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends of attempts that could not be recorded because the database did not answer. They are tried again, so that an outage
 * is not taken for the death of this process; a worker that has taken a delivery meanwhile keeps it.
 */
final class Unrecorded {
    private final JdbcInbox inbox;
    private final Map<PickedDelivery, Change> changes = new ConcurrentHashMap<>();

    /** A change of a row, fenced by its version. */
    @FunctionalInterface
    interface Change {
        /** Makes it, and returns false if the delivery was taken by another worker. */
        boolean on(Statements statements) throws SQLException;
    }

    Unrecorded(JdbcInbox inbox) {
        this.inbox = inbox;
    }

    void add(PickedDelivery delivery, Change change) {
        changes.put(delivery, change);
    }

    /** Records them, as far as the database answers. */
    void record() {
        for (PickedDelivery delivery : List.copyOf(changes.keySet())) {
            Change change = changes.get(delivery);
            if (change != null && !isRecorded(delivery, change)) {
                return;
            }
        }
    }

    private boolean isRecorded(PickedDelivery delivery, Change change) {
        try {
            boolean recorded = inbox.call(change::on);
            Workers.LOG.info(
                    "The end of the attempt at delivery {} {}",
                    delivery.key(),
                    recorded ? "is recorded now" : "was not recorded: another worker has the delivery");
            changes.remove(delivery);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
