package dev.hookseal.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks JSON text (RFC 8259, as strict as {@code JSON.parse}) in an array of bytes, checking all that it passes: the
 * grammar, strict UTF-8, nesting to {@value #MAX_DEPTH} levels, numbers of up to {@value #MAX_NUMBER_LENGTH}
 * characters. It builds nothing and does not recurse; time is linear in the length.
 *
 * <pre>{@code
 * JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
 * scanner.enterObject();
 * while (scanner.nextMember()) {
 *     if (scanner.nameIs("result")) { ... }
 *     scanner.skipValue();
 * }
 * scanner.expectEnd();
 * }</pre>
 */
public final class JsonScanner {
    /** How many arrays and objects may stand inside one another, the outermost included. */
    public static final int MAX_DEPTH = 1000;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1000;

    private final byte[] bytes;
    private final int end;
    private int position;

    private int depth;
    // one bit for each level: whether it is an object; few texts are nested deeper than 63 levels
    private long shallow;
    private long @Nullable [] deep;
    private boolean afterValue;

    private int textStart;
    private int textEnd;
    private boolean textEscaped;

    /** Begins before the first value of a part of an array. */
    public JsonScanner(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** Returns the position of the next byte. */
    public int position() {
        return position;
    }

    /**
     * The first byte of the next value, after white space: one of <code>{ [ " - 0..9 t f n</code> if it is right.
     *
     * @throws JsonFormatException at the end
     */
    public byte peek() throws JsonFormatException {
        position = afterSpace(position);
        return byteAt(position);
    }

    /** Whether a value that begins with this byte is a number. */
    public static boolean startsNumber(byte first) {
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** Steps into an object. */
    public void enterObject() throws JsonFormatException {
        enter('{');
    }

    /** Steps into an array. */
    public void enterArray() throws JsonFormatException {
        enter('[');
    }

    /** Moves on to the value of the next member of the object, or out of the object, which gives false. */
    public boolean nextMember() throws JsonFormatException {
        if (leave('}')) {
            return false;
        }
        passComma();
        scanString();
        position = afterSpace(position);
        expect(':', position);
        position++;
        return true;
    }

    /** Moves on to the next element of the array, or out of the array, which gives false. */
    public boolean nextElement() throws JsonFormatException {
        if (leave(']')) {
            return false;
        }
        passComma();
        return true;
    }

    /** Whether the member whose value comes next has this name, whatever escapes it is spelt with. */
    public boolean nameIs(String name) {
        return textIs(name);
    }

    private boolean textIs(String other) {
        if (textEscaped) {
            return text().equals(other);
        }
        int length = other.length();
        if (textEnd - textStart != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[textStart + i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The name of the member whose value comes next. */
    public String name() {
        return text();
    }

    /** Reads a string. */
    public String readString() throws JsonFormatException {
        passString();
        return text();
    }

    /**
     * Reads a string that is usually one of a few.
     *
     * @param known that are returned themselves and not copied
     */
    public String readString(List<String> known) throws JsonFormatException {
        passString();
        for (int i = 0; i < known.size(); i++) {
            if (textIs(known.get(i))) {
                return known.get(i);
            }
        }
        return text();
    }

    private void passString() throws JsonFormatException {
        position = afterSpace(position);
        scanString();
        afterValue = true;
    }

    /** Reads a number as the text that it is written in. */
    public String readNumberText() throws JsonFormatException {
        int start = afterSpace(position);
        position = afterNumber(start);
        afterValue = true;
        return new String(bytes, start, position - start, StandardCharsets.US_ASCII);
    }

    /** Moves past a value of any kind and size. */
    public void skipValue() throws JsonFormatException {
        // Most bytes of most bodies pass through here. The position is a local variable, as in all the methods that
        // are named after what they move past: a field would be written to memory at every step.
        int outside = depth;
        int at = position;
        do {
            at = afterSpace(at);
            byte first = byteAt(at);
            if (first == '{' || first == '[') {
                open(first, at);
                at = afterSpace(at + 1);
                if (byteAt(at) != closing(first)) {
                    at = first == '{' ? afterName(at) : at;
                    continue;
                }
            } else {
                at = afterScalar(first, at);
            }
            at = afterEnds(at, outside);
        } while (depth > outside);
        position = at;
        afterValue = true;
    }

    // A value has ended; so may have the containers around it. Else the next member's value or the next element
    // follows.
    private int afterEnds(int from, int outside) throws JsonFormatException {
        int at = from;
        while (depth > outside) {
            at = afterSpace(at);
            byte next = byteAt(at);
            if (next == ',') {
                return inObject() ? afterName(afterSpace(at + 1)) : at + 1;
            }
            if (next != (inObject() ? '}' : ']')) {
                throw wrong("expected a comma or the end of the object or array", at);
            }
            depth--;
            at++;
        }
        return at;
    }

    /** Checks that nothing but white space follows. */
    public void expectEnd() throws JsonFormatException {
        position = afterSpace(position);
        if (position != end) {
            throw wrong("something follows the value", position);
        }
    }

    private void enter(char opening) throws JsonFormatException {
        position = afterSpace(position);
        expect(opening, position);
        open((byte) opening, position);
        position++;
        afterValue = false;
    }

    private void open(byte opening, int at) throws JsonFormatException {
        if (depth == MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH + " levels", at);
        }
        depth++;
        long bit = 1L << depth;
        if (depth < Long.SIZE) {
            shallow = opening == '{' ? shallow | bit : shallow & ~bit;
        } else {
            deep = deep == null ? new long[MAX_DEPTH / Long.SIZE + 1] : deep;
            deep[depth >> 6] = opening == '{' ? deep[depth >> 6] | bit : deep[depth >> 6] & ~bit;
        }
    }

    private static int closing(byte opening) {
        return opening == '{' ? '}' : ']';
    }

    private boolean leave(char closing) {
        position = afterSpace(position);
        if (position < end && bytes[position] == closing) {
            position++;
            depth--;
            afterValue = true;
            return true;
        }
        return false;
    }

    private void passComma() throws JsonFormatException {
        if (afterValue) {
            expect(',', position);
            position = afterSpace(position + 1);
        }
    }

    private boolean inObject() {
        long level = depth < Long.SIZE || deep == null ? shallow : deep[depth >> 6];
        return (level & (1L << depth)) != 0;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < end) {
            byte b = bytes[at];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return at;
            }
            at++;
        }
        return at;
    }

    private byte byteAt(int at) throws JsonFormatException {
        if (at >= end) {
            throw wrong("unexpected end", at);
        }
        return bytes[at];
    }

    private void expect(char c, int at) throws JsonFormatException {
        if (byteAt(at) != c) {
            throw wrong("expected " + c, at);
        }
    }

    private int afterScalar(byte first, int at) throws JsonFormatException {
        return switch (first) {
            case '"' -> afterString(at);
            case 't' -> afterLiteral("true", at);
            case 'f' -> afterLiteral("false", at);
            case 'n' -> afterLiteral("null", at);
            default -> afterNumber(at);
        };
    }

    private int afterLiteral(String literal, int at) throws JsonFormatException {
        for (int i = 0; i < literal.length(); i++) {
            expect(literal.charAt(i), at + i);
        }
        return at + literal.length();
    }

    private int afterName(int from) throws JsonFormatException {
        int at = afterSpace(afterString(from));
        expect(':', at);
        return at + 1;
    }

    private int afterNumber(int start) throws JsonFormatException {
        int at = byteAt(start) == '-' ? start + 1 : start;
        at = byteAt(at) == '0' ? at + 1 : afterDigits(at);
        if (at < end && bytes[at] == '.') {
            at = afterDigits(at + 1);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            byte sign = byteAt(at + 1);
            at = afterDigits(sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw wrong("a number longer than " + MAX_NUMBER_LENGTH + " characters", at);
        }
        return at;
    }

    private int afterDigits(int start) throws JsonFormatException {
        int at = start;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("expected a digit", at);
        }
        return at;
    }

    // A string whose text is wanted: a name, or a value that is read.
    private void scanString() throws JsonFormatException {
        textStart = position + 1;
        textEscaped = false;
        position = afterString(position);
        textEnd = position - 1;
    }

    private int afterString(int start) throws JsonFormatException {
        expect('"', start);
        int at = start + 1;
        while (true) {
            at = ByteScan.skipPlainAscii(bytes, at, end);
            byte b = byteAt(at);
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                textEscaped = true;
                at = afterEscape(at + 1);
            } else if (b < 0) {
                at = afterNonAscii(at);
            } else if (b < ' ') {
                throw wrong("a control character in a string", at);
            } else {
                at++;
            }
        }
    }

    private int afterEscape(int at) throws JsonFormatException {
        switch (byteAt(at)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 1;
            }
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(byteAt(at + i), 16) < 0) {
                        throw wrong("expected a hex digit", at + i);
                    }
                }
                return at + 5;
            }
            default -> throw wrong("an unknown escape", at);
        }
    }

    /** One character of two to four bytes, well formed as table 3-7 of the Unicode Standard has it. */
    private int afterNonAscii(int at) throws JsonFormatException {
        int first = bytes[at] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            checkContinuation(at + 1, 0x80, 0xBF);
            return at + 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            checkContinuation(at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
            checkContinuation(at + 2, 0x80, 0xBF);
            return at + 3;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            checkContinuation(at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
            checkContinuation(at + 2, 0x80, 0xBF);
            checkContinuation(at + 3, 0x80, 0xBF);
            return at + 4;
        }
        throw wrong("not UTF-8", at);
    }

    private void checkContinuation(int at, int lowest, int highest) throws JsonFormatException {
        int b = byteAt(at) & 0xFF;
        if (b < lowest || b > highest) {
            throw wrong("not UTF-8", at);
        }
    }

    private String text() {
        if (!textEscaped) {
            return new String(bytes, textStart, textEnd - textStart, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(textEnd - textStart);
        int at = textStart;
        while (at < textEnd) {
            int run = at;
            while (at < textEnd && bytes[at] != '\\') {
                at++;
            }
            text.append(new String(bytes, run, at - run, StandardCharsets.UTF_8));
            if (at < textEnd) {
                at = appendEscape(text, at + 1);
            }
        }
        return text.toString();
    }

    private int appendEscape(StringBuilder text, int at) {
        switch (bytes[at]) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                text.append(hexUnit(bytes, at + 1));
                return at + 5;
            }
            default -> text.append((char) bytes[at]);
        }
        return at + 1;
    }

    /** The UTF-16 code unit that four hex digits stand for. */
    static char hexUnit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = (unit << 4) | Character.digit(bytes[at + i], 16);
        }
        return (char) unit;
    }

    private static JsonFormatException wrong(String problem, int at) {
        return new JsonFormatException(problem, at);
    }
}
