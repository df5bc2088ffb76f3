package dev.hookseal.diagnostics;

import dev.hookseal.JsonData;
import java.util.HexFormat;

/** How JSON writers escape the characters that need not be. */
enum Escaping {
    NOTHING("nothing that need not be", false, "", Hex.LOWER_CASE),
    NON_ASCII("all but ASCII, as Python does", true, "", Hex.LOWER_CASE),
    NON_ASCII_UPPER("all but ASCII, in upper-case hex", true, "", Hex.UPPER_CASE),
    NON_ASCII_AND_SLASHES("all but ASCII, and slashes, as PHP does", true, "/", Hex.LOWER_CASE),
    SLASHES("slashes, as PHP does where told to leave Unicode", false, "/", Hex.LOWER_CASE),
    HTML("what HTML might read, as Go does", false, "<>&\u2028\u2029", Hex.LOWER_CASE),
    HTML_AND_SLASHES("slashes, and what HTML might read", false, "<>&/\u2028\u2029", Hex.LOWER_CASE),
    HTML_AND_QUOTES("what HTML might read, as Gson does", false, "<>&='\u2028\u2029", Hex.LOWER_CASE),
    DOTNET("all but ASCII, and what HTML might read, as .NET does", true, "<>&'+`\"", Hex.UPPER_CASE);

    private enum Hex {
        LOWER_CASE,
        UPPER_CASE
    }

    private final String description;
    private final boolean nonAscii;
    private final String further;
    private final Hex hex;

    Escaping(String description, boolean nonAscii, String further, Hex hex) {
        this.description = description;
        this.nonAscii = nonAscii;
        this.further = further;
        this.hex = hex;
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
            if (c != '/' && (isEscaped(c) || isHalfAPair(text, i))) {
                HexFormat format = hex == Hex.UPPER_CASE ? HexFormat.of().withUpperCase() : HexFormat.of();
                out.append("\\u").append(format.toHexDigits(c));
            } else {
                append(c, out);
            }
        }
        return out.append('"').toString();
    }

    private boolean isEscaped(char c) {
        return (nonAscii && c >= 0x7F) || further.indexOf(c) >= 0;
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
            case '/' -> out.append(isEscaped(c) ? "\\/" : "/");
            default -> {
                if (c < ' ') {
                    out.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
