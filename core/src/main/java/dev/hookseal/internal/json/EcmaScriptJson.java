package dev.hookseal.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as {@code JSON.stringify(JSON.parse(text))} does (ECMA-262, sections 25.5.1 and 25.5.2), byte for byte in
 * UTF-8: no white space; members with integer-like names first, in ascending order, the others in order of first
 * appearance; of members of the same name the last one's value at the first one's place; numbers through an IEEE
 * double; only those escapes that ECMAScript itself writes.
 *
 * <p>The text is written in one pass as it stands, while the places of all members are noted. Only where an object is in
 * another order, or a name stands twice, are its members put in order, at the end and each byte moved once: neither deep
 * nesting nor names that collide make it slower than n log n.
 */
public final class EcmaScriptJson {
    private final byte[] in;
    private final int end;
    private int at;

    private byte[] out;
    private int length;

    private final MemberOrder order = new MemberOrder();

    private EcmaScriptJson(byte[] in, int from, int to) {
        this.in = in;
        this.at = from;
        this.end = to;
        this.out = new byte[to - from + 16];
    }

    /**
     * What {@code JSON.stringify(JSON.parse(text))} gives.
     *
     * @throws JsonFormatException if the bytes are no JSON that {@link JsonScanner} takes
     */
    public static byte[] stringify(byte[] json) throws JsonFormatException {
        JsonScanner scanner = new JsonScanner(json, 0, json.length);
        scanner.skipValue();
        scanner.expectEnd();
        return stringifyValid(json, 0, json.length);
    }

    /**
     * The same for a part of an array that a {@link JsonScanner} has passed as one value, which is not checked again.
     */
    public static byte[] stringifyValid(byte[] json, int from, int to) {
        EcmaScriptJson writer = new EcmaScriptJson(json, from, to);
        writer.writeAll();
        return writer.order.isAsWritten()
                ? Arrays.copyOf(writer.out, writer.length)
                : writer.order.arrange(writer.out, writer.length);
    }

    private void writeAll() {
        boolean name = false;
        while (at < end) {
            byte b = in[at];
            switch (b) {
                case ' ', '\t', '\n', '\r' -> at++;
                case '{' -> {
                    order.enterObject(length);
                    name = true;
                    copyByte(b);
                }
                case '[' -> {
                    order.enterArray();
                    name = false;
                    copyByte(b);
                }
                case ',' -> {
                    name = order.endValue(length);
                    copyByte(b);
                }
                case '}', ']' -> {
                    order.endValue(length);
                    copyByte(b);
                    order.leave(out, length);
                }
                case ':' -> {
                    name = false;
                    copyByte(b);
                }
                case '"' -> {
                    int start = length;
                    writeString();
                    if (name) {
                        order.beginMember(out, start, length);
                    }
                }
                case 't', 'n' -> copy(4);
                case 'f' -> copy(5);
                default -> writeNumber();
            }
        }
    }

    private void writeNumber() {
        int from = at;
        while (at < end && isPartOfNumber(in[at])) {
            at++;
        }
        if (EcmaScriptNumber.isPlain(in, from, at)) {
            int to = at;
            at = from;
            copy(to - from);
            return;
        }
        byte[] number = EcmaScriptNumber.write(in, from, at).getBytes(StandardCharsets.US_ASCII);
        ensureRoomFor(number.length);
        System.arraycopy(number, 0, out, length, number.length);
        length += number.length;
    }

    private static boolean isPartOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }

    private void writeString() {
        copyByte(in[at]);
        while (true) {
            int from = at;
            at = Swar.skipToQuoteOrBackslash(in, at, end);
            while (in[at] != '"' && in[at] != '\\') {
                at++;
            }
            int to = at;
            at = from;
            copy(to - from);
            if (in[at] == '"') {
                copyByte(in[at]);
                return;
            }
            writeEscape();
        }
    }

    private void writeEscape() {
        byte kind = in[at + 1];
        if (kind == 'u') {
            char unit = JsonScanner.hexUnit(in, at + 2);
            at += 6;
            writeUnit(unit);
        } else if (kind == '/') {
            at++;
            copyByte(kind);
        } else {
            copy(2);
        }
    }

    // QuoteJSONString, section 25.5.2.3
    private void writeUnit(char unit) {
        ensureRoomFor(6);
        switch (unit) {
            case '\b' -> escape('b');
            case '\t' -> escape('t');
            case '\n' -> escape('n');
            case '\f' -> escape('f');
            case '\r' -> escape('r');
            case '"', '\\' -> escape(unit);
            default -> {
                if (unit < ' ') {
                    escapeUnit(unit);
                } else if (Character.isHighSurrogate(unit)
                        && in[at] == '\\'
                        && in[at + 1] == 'u'
                        && Character.isLowSurrogate(JsonScanner.hexUnit(in, at + 2))) {
                    int codePoint = Character.toCodePoint(unit, JsonScanner.hexUnit(in, at + 2));
                    at += 6;
                    writeUtf8(codePoint);
                } else if (Character.isSurrogate(unit)) {
                    escapeUnit(unit);
                } else {
                    writeUtf8(unit);
                }
            }
        }
    }

    private void escape(char c) {
        out[length++] = '\\';
        out[length++] = (byte) c;
    }

    private void escapeUnit(char unit) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[length++] = (byte) Character.forDigit((unit >> shift) & 0xF, 16);
        }
    }

    private void writeUtf8(int codePoint) {
        if (codePoint < 0x80) {
            out[length++] = (byte) codePoint;
            return;
        }
        if (codePoint < 0x800) {
            out[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                out[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                out[length++] = (byte) (0xF0 | (codePoint >> 18));
                out[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            out[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        out[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void copyByte(byte b) {
        ensureRoomFor(1);
        out[length++] = b;
        at++;
    }

    private void copy(int count) {
        ensureRoomFor(count);
        System.arraycopy(in, at, out, length, count);
        length += count;
        at += count;
    }

    private void ensureRoomFor(int count) {
        if (out.length - length < count) {
            out = Arrays.copyOf(out, Math.max(out.length + (out.length >> 1), length + count));
        }
    }
}
