package dev.hookseal.receive;

import dev.hookseal.store.DeliveryClaim;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks again at a claim in progress, for a moment. A claim is settled when its request ends, and a sender that has its
 * answer may redeliver a little earlier. Each wait occupies a thread, so that their number is bounded; one too many
 * does not wait.
 */
final class ClaimWait {
    private static final int MAX_WAITERS = 8;
    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LAST_PAUSE_MILLIS = 80;
    // looks at a store that is slow included: the sender waits
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Semaphore waiters = new Semaphore(MAX_WAITERS);
    private final LongConsumer pauseNanos;
    private final LongSupplier nanoTime;

    ClaimWait() {
        this(LockSupport::parkNanos);
    }

    // for tests
    ClaimWait(LongConsumer pauseNanos) {
        this(pauseNanos, System::nanoTime);
    }

    // for tests
    ClaimWait(LongConsumer pauseNanos, LongSupplier nanoTime) {
        this.pauseNanos = pauseNanos;
        this.nanoTime = nanoTime;
    }

    /** Returns the first claim that is not in progress, or one in progress if the wait is over. */
    DeliveryClaim await(Supplier<DeliveryClaim> look) {
        DeliveryClaim claim = new DeliveryClaim.InProgress();
        if (!waiters.tryAcquire()) {
            return claim;
        }
        try {
            long start = nanoTime.getAsLong();
            for (long millis = FIRST_PAUSE_MILLIS;
                    millis <= LAST_PAUSE_MILLIS
                            && claim instanceof DeliveryClaim.InProgress
                            && nanoTime.getAsLong() - start < LONGEST_NANOS;
                    millis *= 2) {
                pauseNanos.accept(TimeUnit.MILLISECONDS.toNanos(millis));
                claim = look.get();
            }
            return claim;
        } finally {
            waiters.release();
        }
    }
}
