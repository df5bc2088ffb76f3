package dev.hookseal.cli;

/** Text from outside, which must neither begin a line nor command a terminal. */
final class Printable {
    private static final int MAX_LENGTH = 200;

    private Printable() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(MAX_LENGTH).forEach(c -> out.append(c >= ' ' && c < 0x7F ? (char) c : '?'));
        return out.toString();
    }
}
