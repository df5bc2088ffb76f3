package dev.hookseal.internal.json;

import java.util.Arrays;

/**
 * Writes JSON as {@code JSON.stringify(JSON.parse(text))} does (ECMA-262, sections 25.5.1 and 25.5.2), byte for byte in
 * UTF-8: no white space; members with integer-like names first, in ascending order, the others in order of first
 * appearance; of members of the same name the last one's value at the first one's place; numbers through an IEEE
 * double; only those escapes that ECMAScript itself writes.
 *
 * <p>The text is written in one pass as it is, while the places of all members are noted. Only where an object is in
 * another order, or a name occurs twice, are its members put in order, at the end and each byte moved once: neither deep
 * nesting nor names that collide make it slower than n log n.
 */
public final class EcmaScriptJson {
    private final byte[] in;
    private final int end;

    // There always is room for the rest of the text as it is: only a number can become longer.
    private byte[] out;
    // By how much what comes next moves forward: less where a number has become longer. The position itself is a
    // parameter and a result, as in JsonScanner, to stay out of memory.
    private int dropped;

    private final MemberOrder order = new MemberOrder();
    private final EcmaScriptNumber numbers = new EcmaScriptNumber();

    private EcmaScriptJson(byte[] in, int from, int to) {
        this.in = in;
        this.end = to;
        this.out = new byte[to - from];
        this.dropped = from;
    }

    /**
     * What {@code JSON.stringify(JSON.parse(text))} gives.
     *
     * @throws JsonFormatException if the bytes are not JSON that {@link JsonScanner} takes
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
        writer.writeAll(from);
        int length = to - writer.dropped;
        return writer.order.isAsWritten()
                ? Arrays.copyOf(writer.out, length)
                : writer.order.arrange(writer.out, length);
    }

    private void writeAll(int from) {
        int at = from;
        boolean name = false;
        while (at < end) {
            switch (in[at]) {
                case ' ', '\t', '\n', '\r' -> {
                    at++;
                    dropped++;
                }
                case '"' -> {
                    int start = at - dropped;
                    at = writeString(at);
                    if (name) {
                        order.beginMember(start, at - dropped);
                    }
                }
                case ':' -> {
                    name = false;
                    at = copyByte(at);
                }
                case ',' -> {
                    name = order.endValue(at - dropped);
                    at = copyByte(at);
                }
                case '{' -> {
                    order.enterObject(at - dropped);
                    name = true;
                    at = copyByte(at);
                }
                case '[' -> {
                    order.enterArray();
                    name = false;
                    at = copyByte(at);
                }
                case '}', ']' -> {
                    order.endValue(at - dropped);
                    at = copyByte(at);
                    order.leave(out, at - dropped);
                }
                case 't', 'n' -> at = copy(at, 4);
                case 'f' -> at = copy(at, 5);
                default -> at = writeNumber(at);
            }
        }
    }

    private int writeNumber(int from) {
        int to = from;
        while (to < end && isPartOfNumber(in[to])) {
            to++;
        }
        int plainEnd = EcmaScriptNumber.plainEnd(in, from, to);
        if (plainEnd > from) {
            copy(from, plainEnd - from);
            dropped += to - plainEnd;
            return to;
        }
        int start = from - dropped;
        ensureRoom(start + EcmaScriptNumber.MAX_LENGTH);
        int written = numbers.write(in, from, to, out, start);
        dropped = to - written;
        ensureRoom(end - dropped);
        return to;
    }

    private static boolean isPartOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }

    private int writeString(int start) {
        int at = copyByte(start);
        while (true) {
            at += ByteScan.copyToQuoteOrBackslash(in, at, end, out, at - dropped);
            byte b = in[at];
            if (b == '\\') {
                at = writeEscape(at);
            } else {
                at = copyByte(at);
                if (b == '"') {
                    return at;
                }
            }
        }
    }

    private int writeEscape(int at) {
        switch (in[at + 1]) {
            case 'u' -> {
                return writeUnit(at);
            }
            case '/' -> {
                dropped++;
                return copyByte(at + 1);
            }
            default -> {
                return copy(at, 2);
            }
        }
    }

    // QuoteJSONString, section 25.5.2.3
    private int writeUnit(int at) {
        char unit = JsonScanner.hexUnit(in, at + 2);
        int after = at + 6;
        int to = at - dropped;
        if (Character.isHighSurrogate(unit)
                && in[after] == '\\'
                && in[after + 1] == 'u'
                && Character.isLowSurrogate(JsonScanner.hexUnit(in, after + 2))) {
            to = putUtf8(Character.toCodePoint(unit, JsonScanner.hexUnit(in, after + 2)), to);
            after += 6;
        } else if (unit < ' ' || unit == '"' || unit == '\\' || Character.isSurrogate(unit)) {
            to = putEscape(unit, to);
        } else {
            to = putUtf8(unit, to);
        }
        dropped = after - to;
        return after;
    }

    private int putEscape(char unit, int to) {
        out[to] = '\\';
        switch (unit) {
            case '\b' -> out[to + 1] = 'b';
            case '\t' -> out[to + 1] = 't';
            case '\n' -> out[to + 1] = 'n';
            case '\f' -> out[to + 1] = 'f';
            case '\r' -> out[to + 1] = 'r';
            case '"', '\\' -> out[to + 1] = (byte) unit;
            default -> {
                out[to + 1] = 'u';
                for (int i = 0; i < 4; i++) {
                    out[to + 2 + i] = (byte) Character.forDigit((unit >> (12 - 4 * i)) & 0xF, 16);
                }
                return to + 6;
            }
        }
        return to + 2;
    }

    private int putUtf8(int codePoint, int start) {
        int to = start;
        if (codePoint < 0x80) {
            out[to++] = (byte) codePoint;
            return to;
        }
        if (codePoint < 0x800) {
            out[to++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                out[to++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                out[to++] = (byte) (0xF0 | (codePoint >> 18));
                out[to++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            out[to++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        out[to++] = (byte) (0x80 | (codePoint & 0x3F));
        return to;
    }

    private int copyByte(int at) {
        out[at - dropped] = in[at];
        return at + 1;
    }

    private int copy(int from, int count) {
        System.arraycopy(in, from, out, from - dropped, count);
        return from + count;
    }

    private void ensureRoom(int needed) {
        if (out.length < needed) {
            out = Arrays.copyOf(out, Math.max(out.length + (out.length >> 1), needed));
        }
    }
}
