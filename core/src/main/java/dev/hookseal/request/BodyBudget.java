package dev.hookseal.request;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies which are still arriving may hold together. What counts is what has arrived, not what a
 * header promises. A body of up to {@value #SMALL_BODY_BYTES} bytes draws on a reserve of the same size first, so that
 * large bodies cannot keep small ones out. A body may always arrive where no other one holds anything.
 *
 * <p>Safe for use by any number of threads. Endpoints share one.
 */
public final class BodyBudget {
    /** Up to this size a body draws on the reserve first. */
    public static final int SMALL_BODY_BYTES = 64 * 1024;

    private static final int SHARE_OF_THE_HEAP = 10;
    private static final BodyBudget OF_THE_HEAP =
            ofBytes(Math.max(1, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP));

    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong heldOfReserve = new AtomicLong();

    private BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Returns a custom budget, with a reserve of the same size.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public static BodyBudget ofBytes(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("The budget for arriving bodies must be at least 1 byte: " + maxBytes);
        }
        return new BodyBudget(maxBytes);
    }

    /**
     * Returns the budget of this process, a tenth of the heap: that of every receiver which is not given another one.
     */
    public static BodyBudget ofTheHeap() {
        return OF_THE_HEAP;
    }

    /** Returns how many bytes large bodies may hold, and again as many small ones. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Returns how many bytes are held now, by large and small bodies together. */
    public long heldBytes() {
        return held.get() + heldOfReserve.get();
    }

    /** Begins with a body, of which nothing has arrived yet. */
    public Share share() {
        return new Share();
    }

    /** The bytes that one body holds. For one thread at a time. */
    public final class Share implements AutoCloseable {
        private long ofBudget;
        private long ofReserve;

        private Share() {}

        /**
         * Counts what has arrived.
         *
         * @return false if there is no room for it; what was counted before is held until {@link #close}
         */
        public boolean add(int bytes) {
            if (ofBudget == 0 && ofReserve + bytes <= SMALL_BODY_BYTES && take(heldOfReserve, ofReserve, bytes)) {
                ofReserve += bytes;
                return true;
            }
            if (!take(held, ofBudget, ofReserve + bytes)) {
                return false;
            }
            ofBudget += ofReserve + bytes;
            heldOfReserve.addAndGet(-ofReserve);
            ofReserve = 0;
            return true;
        }

        private boolean take(AtomicLong all, long mine, long bytes) {
            long before = all.get();
            while (before == mine || bytes <= maxBytes - before) {
                if (all.compareAndSet(before, before + bytes)) {
                    return true;
                }
                before = all.get();
            }
            return false;
        }

        /** Gives back all that was counted: the body has arrived, or no one waits for it any longer. */
        @Override
        public void close() {
            held.addAndGet(-ofBudget);
            heldOfReserve.addAndGet(-ofReserve);
            ofBudget = 0;
            ofReserve = 0;
        }
    }
}
