package dev.hookseal.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A line that grows, on a terminal, for what takes longer than a moment. */
final class ProgressBar implements Runnable {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int WIDTH = 40;

    private final PrintWriter out;
    private final int total;
    private final Clock clock;
    private int done;
    private Instant next;
    private boolean shown;

    ProgressBar(PrintWriter out, int total, Clock clock) {
        this.out = out;
        this.total = total;
        this.clock = clock;
        this.next = clock.instant().plus(MOMENT);
    }

    /** One more is done. */
    @Override
    public synchronized void run() {
        done++;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN);
        shown = true;
        int full = (int) ((long) WIDTH * done / total);
        out.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + done + "/" + total);
        out.flush();
    }

    /** Takes the line away, so that what comes next takes its place. */
    synchronized void end() {
        if (shown) {
            out.print("\r" + " ".repeat(WIDTH + 2 + 2 * String.valueOf(total).length() + 2) + "\r");
            out.flush();
        }
    }
}
