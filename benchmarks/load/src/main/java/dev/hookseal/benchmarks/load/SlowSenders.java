package dev.hookseal.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many slow senders on one thread: half of them trickle, half stall; of both, half are deaf. Each has a turn every
 * 100 ms; the turns are spread over that time, so that the senders' pieces do not all arrive at the same moment.
 */
final class SlowSenders implements AutoCloseable {
    private static final int GROUPS = 10;
    private static final long BETWEEN_GROUPS_NANOS = TimeUnit.MILLISECONDS.toNanos(100) / GROUPS;

    private final Selector selector;
    private final List<SlowSender> senders = new ArrayList<>();
    private final SlowSenderOutcomes outcomes = new SlowSenderOutcomes();
    private final Thread thread = new Thread(this::run, "slow-senders");

    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private SlowSenders(Selector selector) {
        this.selector = selector;
    }

    /** Starts this many senders. */
    static SlowSenders start(InetSocketAddress address, SlowRequest request, int count) throws IOException {
        SlowSenders all = new SlowSenders(Selector.open());
        for (int i = 0; i < count; i++) {
            // by tens, so that each group has all kinds
            boolean trickles = i / GROUPS % 2 == 0;
            boolean deaf = i / GROUPS % 4 < 2;
            all.senders.add(new SlowSender(request, trickles, deaf, address, all.selector, all.outcomes));
        }
        all.thread.setDaemon(true);
        all.thread.start();
        return all;
    }

    private void run() {
        long next = System.nanoTime();
        int group = 0;
        try {
            while (!closed) {
                long wait = next - System.nanoTime();
                if (wait <= 0) {
                    takeTurns(group);
                    group = (group + 1) % GROUPS;
                    // A late turn does not bring the next one forward.
                    next = Math.max(next + BETWEEN_GROUPS_NANOS, System.nanoTime());
                    selector.selectNow(SlowSenders::proceed);
                } else {
                    selector.select(SlowSenders::proceed, 1 + TimeUnit.NANOSECONDS.toMillis(wait));
                }
            }
            senders.forEach(SlowSender::close);
            selector.close();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void takeTurns(int group) {
        for (int i = group; i < senders.size(); i += GROUPS) {
            senders.get(i).takeTurn();
        }
    }

    private static void proceed(SelectionKey key) {
        ((SlowSender) key.attachment()).proceed();
    }

    /**
     * Returns what they have counted.
     *
     * @throws IllegalStateException if they stopped by a failure of their own: there was no pressure since then
     */
    SlowSenderOutcomes outcomes() {
        if (failure != null) {
            throw new IllegalStateException("The slow senders have stopped", failure);
        }
        return outcomes;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
