package dev.hookseal.contract;

import dev.hookseal.contract.CarelessInboxTable.NodeProcess;
import dev.hookseal.contract.CarelessInboxTable.Taken;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.inbox.NoListenerException;
import dev.hookseal.inbox.ParkException;
import dev.hookseal.inbox.PreparedDelivery;
import dev.hookseal.signature.SignedContent;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers of a {@link CarelessInbox}. */
final class CarelessWorkers implements ContractInbox.Workers {
    private static final int WORKERS = 4;
    private static final int HEARTBEAT_MILLIS = 50;

    private final CarelessInbox node;
    private final CarelessInboxTable table;
    private final InboxDispatcher dispatcher;
    private final NodeProcess process;
    private final AtomicInteger handling = new AtomicInteger();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(WORKERS + 1);

    CarelessWorkers(CarelessInbox node, InboxDispatcher dispatcher) {
        this.node = node;
        this.table = node.table();
        this.dispatcher = dispatcher;
        this.process = new NodeProcess(node.now());
        every(HEARTBEAT_MILLIS, () -> table.seen(process, node.now()));
        for (int i = 0; i < WORKERS; i++) {
            every(1, this::work);
        }
    }

    private void every(int millis, Runnable task) {
        Future<?> unused = threads.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        table.end(process, node.now());
        threads.shutdownNow();
    }

    /** Returns whether a delivery is due, or being handled: also one that an operator has taken meanwhile. */
    boolean isBusy() {
        return table.isBusy(dispatcher.endpoints(), node.now()) || handling.get() > 0;
    }

    private void work() {
        boolean more = true;
        while (more) {
            handling.incrementAndGet();
            try {
                more = handleNext();
            } finally {
                handling.decrementAndGet();
            }
        }
    }

    private boolean handleNext() {
        Taken taken = table.take(process, dispatcher.endpoints(), node.now());
        if (taken == null) {
            return false;
        }
        handle(taken);
        return true;
    }

    private void handle(Taken taken) {
        try {
            attempt(taken);
        } catch (NoListenerException e) {
            if (table.is(InboxFault.COUNTS_A_MISSING_LISTENER)) {
                table.fail(taken, false, node.now());
            } else {
                table.postponeWithoutListener(taken, node.now());
            }
        } catch (ParkException e) {
            table.fail(taken, !table.is(InboxFault.KNOWS_NO_PARK_EXCEPTION), node.now());
        } catch (Exception e) {
            table.fail(taken, false, node.now());
        } catch (Throwable e) {
            if (table.is(InboxFault.COUNTS_NO_ERRORS)) {
                table.postpone(taken, node.now());
            } else {
                table.fail(taken, false, node.now());
            }
        }
    }

    private void attempt(Taken taken) throws Exception {
        SignedContent content = taken.content();
        PreparedDelivery prepared = dispatcher.prepare(content);
        Attempt attempt =
                Attempt.of(taken.number(), Math.max(taken.number(), InboxContract.MAX_ATTEMPTS), content.verifiedAt());
        if (!prepared.isTransactional()) {
            prepared.handle(attempt);
            table.complete(taken, List.of(), node.now());
            return;
        }
        try (CarelessTransaction transaction =
                new CarelessTransaction(table, table.is(InboxFault.COMMITS_EACH_STATEMENT))) {
            call(prepared, attempt, transaction);
            commit(taken, transaction);
        }
    }

    private void call(PreparedDelivery prepared, Attempt attempt, CarelessTransaction transaction) throws Exception {
        try {
            prepared.handle(attempt.within(transaction.connection()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (table.is(InboxFault.ROLLS_BACK_UNCHECKED_EXCEPTIONS_ONLY)) {
                transaction.commit();
            }
            throw e;
        }
    }

    private void commit(Taken taken, CarelessTransaction transaction) throws SQLException {
        if (table.is(InboxFault.CHECKS_AND_COMPLETES_AFTER_THE_COMMIT) && !table.isMine(taken)) {
            return;
        }
        if (table.is(InboxFault.COMPLETES_AFTER_THE_COMMIT)
                || table.is(InboxFault.CHECKS_AND_COMPLETES_AFTER_THE_COMMIT)) {
            transaction.commit();
            table.passUntilSeen();
            table.complete(taken, List.of(), node.now());
        } else if (table.is(InboxFault.COMPLETES_BEFORE_THE_COMMIT)) {
            if (table.complete(taken, List.of(), node.now())) {
                table.passUntilSeen();
                transaction.commit();
            }
        } else {
            table.complete(taken, transaction.writes(), node.now());
        }
    }
}
