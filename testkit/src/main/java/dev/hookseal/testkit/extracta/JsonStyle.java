package dev.hookseal.testkit.extracta;

/**
 * How a body is written. Extracta signs what JavaScript makes of its result, so that a body is genuine in any of these
 * styles, and a receiver has to find JavaScript's form again.
 */
public enum JsonStyle {
    /** As {@code JSON.stringify} writes it: the signed bytes stand in the body. */
    JAVASCRIPT {
        @Override
        String rewrite(String json) {
            return json;
        }
    },
    /** A line for each member and element, indented by two spaces. */
    PRETTY_PRINTED {
        @Override
        String rewrite(String json) {
            return new PrettyPrinter(json).print();
        }
    },
    /** All but ASCII as escapes, as Python writes it unless told otherwise. */
    ASCII_ONLY {
        @Override
        String rewrite(String json) {
            StringBuilder written = new StringBuilder(json.length());
            for (int at = 0; at < json.length(); at++) {
                char unit = json.charAt(at);
                if (unit < 0x80) {
                    written.append(unit);
                } else {
                    written.append(String.format("\\u%04x", (int) unit));
                }
            }
            return written.toString();
        }
    },
    /** A backslash before each slash, as PHP writes it unless told otherwise. */
    SLASHES_ESCAPED {
        @Override
        String rewrite(String json) {
            return json.replace("/", "\\/");
        }
    };

    /** Rewrites JSON that has no white space between its tokens. */
    abstract String rewrite(String json);

    private static final class PrettyPrinter {
        private final String json;
        private final StringBuilder printed = new StringBuilder();
        private int depth;

        PrettyPrinter(String json) {
            this.json = json;
        }

        String print() {
            int at = 0;
            while (at < json.length()) {
                char c = json.charAt(at);
                if (c == '"') {
                    int end = endOfString(at);
                    printed.append(json, at, end);
                    at = end;
                } else if (json.startsWith("{}", at) || json.startsWith("[]", at)) {
                    printed.append(json, at, at + 2);
                    at += 2;
                } else {
                    token(c);
                    at++;
                }
            }
            return printed.toString();
        }

        private void token(char c) {
            switch (c) {
                case '{', '[' -> {
                    printed.append(c);
                    depth++;
                    newLine();
                }
                case '}', ']' -> {
                    depth--;
                    newLine();
                    printed.append(c);
                }
                case ',' -> {
                    printed.append(c);
                    newLine();
                }
                case ':' -> printed.append(": ");
                default -> printed.append(c);
            }
        }

        private void newLine() {
            printed.append('\n').append("  ".repeat(depth));
        }

        private int endOfString(int start) {
            int at = start + 1;
            while (json.charAt(at) != '"') {
                at += json.charAt(at) == '\\' ? 2 : 1;
            }
            return at + 1;
        }
    }
}
