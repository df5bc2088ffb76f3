package dev.hookseal.inbox.jdbc;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;

/**
 * The deliveries of one endpoint, as the engine knows them. It settles nothing itself: {@link DeliveryRun} has recorded the
 * end of each attempt before it returns, and never throws.
 */
final class DeliveryTask extends AbstractTask<byte[]> {
    private final DeliveryRun run;

    DeliveryTask(String endpoint, DeliveryRun run) {
        super(
                endpoint,
                byte[].class,
                (complete, operations) -> Workers.LOG.error(
                        "A worker failed at delivery {}",
                        complete.getExecution().getId(),
                        complete.getCause().orElse(null)),
                (complete, operations) -> run.crashed(PickedDelivery.of(complete.getExecution())));
        this.run = run;
    }

    @Override
    public CompletionHandler<byte[]> execute(TaskInstance<byte[]> instance, ExecutionContext context) {
        run.run(
                PickedDelivery.of(context.getExecution()),
                instance.getData(),
                context.getSchedulerState()::isShuttingDown);
        return (complete, operations) -> {};
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id) {
        return new SchedulableTaskInstance<>(instance(id), Instant.now());
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id, byte[] data) {
        return new SchedulableTaskInstance<>(instance(id, data), Instant.now());
    }
}
