package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A delivery that a worker has taken.
 *
 * @param key of the row
 * @param version of the row when it was taken: a worker that finds another one has lost the delivery
 * @param failures how many attempts have failed
 * @param heartbeat the last one of the worker
 */
record PickedDelivery(String endpoint, String key, long version, int failures, OffsetDateTime heartbeat) {
    static PickedDelivery of(Execution execution) {
        return new PickedDelivery(
                execution.getTaskName(),
                execution.getId(),
                execution.version,
                execution.consecutiveFailures,
                Objects.requireNonNull(execution.lastHeartbeat, "a picked row has a heartbeat")
                        .atOffset(ZoneOffset.UTC));
    }
}
