package dev.hookseal.examples.quickstart;

import java.util.Locale;

/** Prints what was sent, the status, and what the handler saw. */
final class Table {
    private static final int WHAT_WIDTH = 56;
    private static final int SAW_WIDTH = 72;
    private static final String ROW = "%-" + WHAT_WIDTH + "s %-6s %s%n";

    private Table() {}

    static void printHead() {
        System.out.printf(Locale.ROOT, "%n" + ROW, "sent", "status", "the handler saw");
        System.out.println("-".repeat(WHAT_WIDTH) + " ------ " + "-".repeat(SAW_WIDTH));
    }

    static void print(Step step, Outcome outcome, boolean right) {
        String saw = outcome.handlerRan() ? outcome.event() + " " + outcome.bound() : "(was not called)";
        System.out.printf(
                Locale.ROOT, ROW, step.what(), outcome.isClosed() ? "closed" : outcome.status(), printable(saw));
        if (!right) {
            Expected expected = step.expected();
            System.out.printf(
                    Locale.ROOT,
                    "  WRONG: expected status %d, and the handler %s%n",
                    expected.status(),
                    expected.event() == null ? "not called" : "to see " + expected.event());
        }
    }

    // a terminal need not be able to show what a webhook brings
    private static String printable(String text) {
        StringBuilder line = new StringBuilder();
        text.chars().limit(SAW_WIDTH).forEach(c -> line.append(c >= ' ' && c < 0x7F ? (char) c : '?'));
        return line.toString();
    }
}
