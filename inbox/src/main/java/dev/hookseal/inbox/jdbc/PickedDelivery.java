package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a worker has taken.
 *
 * @param key of the row
 * @param version of the row when it was taken: a worker that finds another one has lost the delivery
 * @param failures how many attempts have failed
 * @param heartbeat the last one of the worker
 */
record PickedDelivery(
        String endpoint,
        String key,
        long version,
        int failures,
        @Nullable OffsetDateTime heartbeat) {
    static PickedDelivery of(Execution execution) {
        return new PickedDelivery(
                execution.getTaskName(),
                execution.getId(),
                execution.version,
                execution.consecutiveFailures,
                execution.lastHeartbeat == null ? null : execution.lastHeartbeat.atOffset(ZoneOffset.UTC));
    }
}
