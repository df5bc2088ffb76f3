package dev.hookseal.internal.json;

import java.nio.charset.StandardCharsets;

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
    // one bit for each level: whether it is an object
    private final long[] objects = new long[MAX_DEPTH / Long.SIZE + 1];
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

    /** Where it stands. */
    public int position() {
        return position;
    }

    /**
     * The first byte of the next value, after white space: one of <code>{ [ " - 0..9 t f n</code> if it is right.
     *
     * @throws JsonFormatException at the end
     */
    public byte peek() throws JsonFormatException {
        skipWhiteSpace();
        return byteHere();
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
        skipWhiteSpace();
        if (leave('}')) {
            return false;
        }
        if (afterValue) {
            expect(',');
            skipWhiteSpace();
        }
        scanName();
        return true;
    }

    /** Moves on to the next element of the array, or out of the array, which gives false. */
    public boolean nextElement() throws JsonFormatException {
        skipWhiteSpace();
        if (leave(']')) {
            return false;
        }
        if (afterValue) {
            expect(',');
            skipWhiteSpace();
        }
        return true;
    }

    /** Whether the member whose value comes next has this name, whatever escapes it is spelt with. */
    public boolean nameIs(String name) {
        if (textEscaped) {
            return text().equals(name);
        }
        int length = name.length();
        if (textEnd - textStart != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[textStart + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a string. */
    public String readString() throws JsonFormatException {
        skipWhiteSpace();
        scanString();
        afterValue = true;
        return text();
    }

    /** Reads a number as the text that it is written in. */
    public String readNumberText() throws JsonFormatException {
        skipWhiteSpace();
        int start = position;
        scanNumber();
        afterValue = true;
        return new String(bytes, start, position - start, StandardCharsets.US_ASCII);
    }

    /** Moves past a value of any kind and size. */
    public void skipValue() throws JsonFormatException {
        int outside = depth;
        while (true) {
            skipWhiteSpace();
            if (opensContainer()) {
                continue;
            }
            // a value has ended; so may have the containers around it
            while (depth > outside) {
                skipWhiteSpace();
                byte next = byteHere();
                if (next == ',') {
                    position++;
                    if (inObject()) {
                        skipWhiteSpace();
                        scanName();
                    }
                    break;
                }
                if (!leave(inObject() ? '}' : ']')) {
                    throw wrong("expected a comma or the end of the object or array");
                }
            }
            if (depth == outside) {
                afterValue = true;
                return;
            }
        }
    }

    /** Checks that nothing but white space follows. */
    public void expectEnd() throws JsonFormatException {
        skipWhiteSpace();
        if (position != end) {
            throw wrong("something follows the value");
        }
    }

    // Whether a container was opened that is not empty, so that a value comes next; else a whole value was passed.
    private boolean opensContainer() throws JsonFormatException {
        switch (byteHere()) {
            case '"' -> scanString();
            case '{' -> {
                enter('{');
                skipWhiteSpace();
                if (!leave('}')) {
                    scanName();
                    return true;
                }
            }
            case '[' -> {
                enter('[');
                skipWhiteSpace();
                return !leave(']');
            }
            case 't' -> scanLiteral("true");
            case 'f' -> scanLiteral("false");
            case 'n' -> scanLiteral("null");
            default -> scanNumber();
        }
        return false;
    }

    private void enter(char opening) throws JsonFormatException {
        skipWhiteSpace();
        expect(opening);
        if (depth == MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH + " levels");
        }
        depth++;
        long bit = 1L << depth;
        if (opening == '{') {
            objects[depth >> 6] |= bit;
        } else {
            objects[depth >> 6] &= ~bit;
        }
        afterValue = false;
    }

    private boolean leave(char closing) {
        if (position < end && bytes[position] == closing) {
            position++;
            depth--;
            afterValue = true;
            return true;
        }
        return false;
    }

    private boolean inObject() {
        return (objects[depth >> 6] & (1L << depth)) != 0;
    }

    private void skipWhiteSpace() {
        while (position < end) {
            byte b = bytes[position];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return;
            }
            position++;
        }
    }

    private byte byteHere() throws JsonFormatException {
        if (position >= end) {
            throw wrong("unexpected end");
        }
        return bytes[position];
    }

    private void expect(char c) throws JsonFormatException {
        if (byteHere() != c) {
            throw wrong("expected " + c);
        }
        position++;
    }

    private void scanLiteral(String literal) throws JsonFormatException {
        for (int i = 0; i < literal.length(); i++) {
            expect(literal.charAt(i));
        }
    }

    private void scanName() throws JsonFormatException {
        scanString();
        skipWhiteSpace();
        expect(':');
    }

    private void scanNumber() throws JsonFormatException {
        int start = position;
        if (byteHere() == '-') {
            position++;
        }
        if (byteHere() == '0') {
            position++;
        } else {
            scanDigits();
        }
        if (position < end && bytes[position] == '.') {
            position++;
            scanDigits();
        }
        if (position < end && (bytes[position] | 0x20) == 'e') {
            position++;
            byte sign = byteHere();
            if (sign == '+' || sign == '-') {
                position++;
            }
            scanDigits();
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw wrong("a number longer than " + MAX_NUMBER_LENGTH + " characters");
        }
    }

    private void scanDigits() throws JsonFormatException {
        int start = position;
        while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
        if (position == start) {
            throw wrong("expected a digit");
        }
    }

    private void scanString() throws JsonFormatException {
        expect('"');
        textStart = position;
        textEscaped = false;
        while (true) {
            position = Swar.skipPlainAscii(bytes, position, end);
            byte b = byteHere();
            if (b == '"') {
                textEnd = position++;
                return;
            }
            if (b == '\\') {
                textEscaped = true;
                position++;
                scanEscape();
            } else if (b < 0) {
                scanNonAscii();
            } else if (b < ' ') {
                throw wrong("a control character in a string");
            } else {
                position++;
            }
        }
    }

    private void scanEscape() throws JsonFormatException {
        switch (byteHere()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position++;
            case 'u' -> {
                position++;
                for (int i = 0; i < 4; i++) {
                    if (Character.digit(byteHere(), 16) < 0) {
                        throw wrong("expected a hex digit");
                    }
                    position++;
                }
            }
            default -> throw wrong("an unknown escape");
        }
    }

    /** One character of two to four bytes, well formed as table 3-7 of the Unicode Standard has it. */
    private void scanNonAscii() throws JsonFormatException {
        int first = bytes[position] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            position++;
        } else if (first >= 0xE0 && first <= 0xEF) {
            int lowest = first == 0xE0 ? 0xA0 : 0x80;
            int highest = first == 0xED ? 0x9F : 0xBF;
            position++;
            scanContinuation(lowest, highest);
        } else if (first >= 0xF0 && first <= 0xF4) {
            int lowest = first == 0xF0 ? 0x90 : 0x80;
            int highest = first == 0xF4 ? 0x8F : 0xBF;
            position++;
            scanContinuation(lowest, highest);
            scanContinuation(0x80, 0xBF);
        } else {
            throw wrong("not UTF-8");
        }
        scanContinuation(0x80, 0xBF);
    }

    private void scanContinuation(int lowest, int highest) throws JsonFormatException {
        int b = byteHere() & 0xFF;
        if (b < lowest || b > highest) {
            throw wrong("not UTF-8");
        }
        position++;
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

    private JsonFormatException wrong(String problem) {
        return new JsonFormatException(problem, position);
    }
}
