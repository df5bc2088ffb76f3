package dev.hookseal.internal;

/**
 * The name of an event, made safe for a log or a metric. It came from outside: nothing in it may begin a new line, look
 * like a word of ours, or be long.
 */
public final class LogSafe {
    private static final int MAX_LENGTH = 100;

    private LogSafe() {}

    /** Returns the first hundred characters, with a question mark for each that is a space or not printable ASCII. */
    public static String of(String name) {
        StringBuilder out = new StringBuilder();
        name.chars().limit(MAX_LENGTH).forEach(c -> out.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return out.toString();
    }
}
