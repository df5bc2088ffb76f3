package dev.hookseal.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Writes random JSON as no sane program would: names twice and in any spelling, names that look like integers, needless
 * escapes, halves of surrogate pairs, numbers of every form, white space anywhere. The same documents for one seed.
 */
final class SloppyWriter {
    private static final String[] NAMES = {
        "",
        "a",
        "b",
        "id",
        "result",
        "Aa",
        "BB",
        "0",
        "1",
        "2",
        "9",
        "10",
        "01",
        "-1",
        "1.0",
        "1e3",
        "00",
        "4294967294",
        "4294967295",
        "4294967296",
        "9007199254740993",
        "99999999999999999999",
        "__proto__",
        "constructor",
        "toString",
        "length",
        "\u00e9",
        "e\u0301",
        "\u65e5\u672c",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "\u0661",
        "a b",
        "\"",
        "\\",
        "\n",
        "\u2028",
        "\u0000",
        "\u007f"
    };
    private static final String[] SPACES = {" ", "\n", "\r\n", "\t", "  ", " \t\n\r "};
    private static final String SYNTAX = "{}[]\",:\\/ \t\n\r-+.eE0123456789truefalsnbu";

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private int budget;

    SloppyWriter(long seed) {
        this.random = new Random(seed);
    }

    byte[] document() {
        out.setLength(0);
        budget = 1 + random.nextInt(12);
        space();
        value(0);
        space();
        return out.toString().getBytes(UTF_8);
    }

    /** A document with something changed in its bytes, most often no JSON any more, but still UTF-8. */
    byte[] damaged(byte[] document) {
        while (true) {
            byte[] changed = document;
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
                changed = damagedOnce(changed);
            }
            if (UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(changed), CharBuffer.allocate(changed.length), true)
                    .isUnderflow()) {
                return changed;
            }
        }
    }

    private byte[] damagedOnce(byte[] document) {
        int at = random.nextInt(document.length + 1);
        int cut = Math.min(document.length - at, random.nextInt(3));
        byte[] inserted = new byte[random.nextInt(3)];
        for (int i = 0; i < inserted.length; i++) {
            inserted[i] = random.nextInt(8) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        }
        byte[] changed = Arrays.copyOf(document, document.length - cut + inserted.length);
        System.arraycopy(inserted, 0, changed, at, inserted.length);
        System.arraycopy(document, at + cut, changed, at + inserted.length, document.length - at - cut);
        if (changed.length > 0 && random.nextInt(4) == 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    /** A list of numbers alone. */
    byte[] numbers(int count) {
        out.setLength(0);
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? '[' : ',');
            number();
        }
        return out.append(']').toString().getBytes(UTF_8);
    }

    private void value(int depth) {
        budget--;
        switch (random.nextInt(depth > 12 || budget < 0 ? 5 : 12)) {
            case 0 -> out.append("null");
            case 1 -> out.append(random.nextBoolean());
            case 2 -> number();
            case 3 -> string(random.nextInt(12));
            case 4 -> smallNumber();
            case 5, 6 -> array(depth);
            default -> object(depth);
        }
    }

    private void array(int depth) {
        out.append('[');
        for (int i = random.nextInt(5); i > 0; i--) {
            space();
            value(depth + 1);
            space();
            out.append(i > 1 ? "," : "");
        }
        space();
        out.append(']');
    }

    private void object(int depth) {
        out.append('{');
        int members = random.nextInt(80) == 0 ? 40 : random.nextInt(7);
        for (int i = members; i > 0; i--) {
            space();
            if (random.nextInt(10) == 0) {
                string(random.nextInt(6));
            } else {
                spell(NAMES[random.nextInt(NAMES.length)]);
            }
            space();
            out.append(':');
            space();
            value(depth + 1);
            space();
            out.append(i > 1 ? "," : "");
        }
        space();
        out.append('}');
    }

    private void space() {
        if (random.nextInt(6) == 0) {
            out.append(SPACES[random.nextInt(SPACES.length)]);
        }
    }

    private void string(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) (' ' + random.nextInt(0x60)));
            }
        }
        spell(text.toString());
    }

    // half of a pair has no UTF-8 form, and is always escaped
    private void spell(String text) {
        boolean eager = random.nextInt(5) == 0;
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = eager || random.nextInt(20) == 0;
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))
                    && !escaped) {
                out.append(c).append(text.charAt(++i));
            } else if (escaped || Character.isSurrogate(c) || c < ' ' || c == '"' || c == '\\') {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        int named = "\b\t\n\f\r\"\\/".indexOf(c);
        if (named >= 0 && random.nextBoolean()) {
            out.append('\\').append("btnfr\"\\/".charAt(named));
            return;
        }
        HexFormat hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
        out.append("\\u").append(hex.toHexDigits(c));
    }

    private void smallNumber() {
        out.append(random.nextInt(2_000) - 1_000);
        if (random.nextBoolean()) {
            out.append('.').append(random.nextInt(1_000));
        }
    }

    private void number() {
        switch (random.nextInt(7)) {
            case 0 -> out.append(finite());
            case 1 -> out.append(new BigDecimal(finite()).round(new MathContext(1 + random.nextInt(20))));
            case 2 -> plain(finite());
            case 3 -> out.append(random.nextLong());
            case 4 -> out.append(9007199254740992L + random.nextInt(64) - 32).append(random.nextBoolean() ? "" : ".5");
            case 5 -> decimal();
            default -> smallNumber();
        }
    }

    private double finite() {
        while (true) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                return value;
            }
        }
    }

    // every digit that the double has, as long as the limit for numbers allows, damage included
    private void plain(double value) {
        String all = new BigDecimal(value).toPlainString();
        out.append(all.length() <= JsonScanner.MAX_NUMBER_LENGTH - 10 ? all : Double.toString(value));
    }

    private void decimal() {
        out.append(random.nextBoolean() ? "-" : "").append(random.nextInt(10));
        if (out.charAt(out.length() - 1) != '0') {
            digits(random.nextInt(25));
        }
        if (random.nextBoolean()) {
            out.append('.');
            digits(1 + random.nextInt(25));
        }
        if (random.nextBoolean()) {
            out.append(random.nextBoolean() ? "e" : "E").append(new String[] {"", "+", "-"}[random.nextInt(3)]);
            digits(1 + random.nextInt(3));
        }
    }

    private void digits(int count) {
        for (int i = 0; i < count; i++) {
            out.append(random.nextInt(10));
        }
    }
}
