package dev.hookseal.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** What was received, a line each. */
final class DeliveryLog {
    private final PrintWriter out;
    private final Colours colours;
    private final CountDownLatch left;
    private boolean allVerified = true;

    DeliveryLog(PrintWriter out, Colours colours, CountDownLatch left) {
        this.out = out;
        this.colours = colours;
        this.left = left;
    }

    synchronized void note(boolean verified, String what) {
        allVerified &= verified;
        out.println((verified ? colours.green("verified") : colours.red("rejected ")) + "  " + what);
        out.flush();
        left.countDown();
    }

    synchronized boolean allVerified() {
        return allVerified;
    }
}
