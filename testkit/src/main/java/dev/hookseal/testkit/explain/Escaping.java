package dev.hookseal.testkit.explain;

import dev.hookseal.JsonData;
import java.util.function.IntPredicate;

/** How JSON writers escape the characters that need not be. */
enum Escaping {
    NOTHING("as it need not be", c -> false, false, false),
    NON_ASCII("all but ASCII, as Python does", c -> c >= 0x7F, false, false),
    NON_ASCII_UPPER("all but ASCII, in upper-case hex", c -> c >= 0x7F, false, true),
    NON_ASCII_AND_SLASHES("all but ASCII, and slashes, as PHP does", c -> c >= 0x7F, true, false),
    SLASHES("slashes, as PHP does where told to leave Unicode", c -> false, true, false),
    HTML("what HTML might read, as Go does", c -> "<>&\u2028\u2029".indexOf(c) >= 0, false, false),
    HTML_AND_QUOTES("what HTML might read, as Gson does", c -> "<>&='\u2028\u2029".indexOf(c) >= 0, false, false),
    DOTNET(
            "all but ASCII, and what HTML might read, as .NET does",
            c -> c >= 0x7F || "<>&'+`\"".indexOf(c) >= 0,
            false,
            true);

    private final String description;
    private final IntPredicate escaped;
    private final boolean slashes;
    private final boolean upperCase;

    Escaping(String description, IntPredicate escaped, boolean slashes, boolean upperCase) {
        this.description = description;
        this.escaped = escaped;
        this.slashes = slashes;
        this.upperCase = upperCase;
    }

    String description() {
        return description;
    }

    /** A string as this writer writes it. */
    String rewrite(String written) {
        String text = String.valueOf(JsonData.of(written).asObject());
        StringBuilder out = new StringBuilder(written.length()).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped.test(c) || isHalfAPair(text, i)) {
                out.append(String.format(upperCase ? "\\u%04X" : "\\u%04x", (int) c));
            } else {
                append(c, out);
            }
        }
        return out.append('"').toString();
    }

    private static boolean isHalfAPair(String text, int i) {
        char c = text.charAt(i);
        return Character.isSurrogate(c)
                && !(i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1)))
                && !(i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c));
    }

    private void append(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            case '/' -> out.append(slashes ? "\\/" : "/");
            default -> {
                if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
