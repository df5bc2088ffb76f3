package dev.hookseal.diagnostics;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bytes that a body may have been before something treated it as text. */
final class BodyVariants {
    private static final byte[] LINE_FEED = {'\n'};
    private static final byte[] CARRIAGE_RETURN_LINE_FEED = {'\r', '\n'};
    private static final List<Charset> SINGLE_BYTE =
            List.of(StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"), Charset.forName("ISO-8859-15"));
    private static final List<Charset> DOUBLE_BYTE =
            List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final byte[] body;
    private final List<Variant> variants = new ArrayList<>();

    private BodyVariants(byte[] body) {
        this.body = body;
    }

    static Stream<Variant> of(byte[] body) {
        if (body.length == 0) {
            return Stream.empty();
        }
        BodyVariants all = new BodyVariants(body);
        all.lastLineBreak();
        all.lineBreaks();
        all.byteOrderMark();
        all.charset();
        return all.variants.stream();
    }

    private void lastLineBreak() {
        if (body[body.length - 1] == '\n') {
            boolean two = body.length > 1 && body[body.length - 2] == '\r';
            add(Cause.NEWLINE_ADDED, "", Arrays.copyOf(body, body.length - (two ? 2 : 1)));
            add(Cause.NEWLINE_ADDED, "more than one", withoutLineBreaks());
        } else {
            add(Cause.NEWLINE_LOST, "a line feed", concat(body, LINE_FEED));
            add(Cause.NEWLINE_LOST, "a carriage return and a line feed", concat(body, CARRIAGE_RETURN_LINE_FEED));
        }
    }

    private byte[] withoutLineBreaks() {
        int end = body.length;
        while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(body, end);
    }

    private void lineBreaks() {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return;
        }
        String feeds = text.replace("\r\n", "\n").replace('\r', '\n');
        if (!feeds.equals(text)) {
            add(Cause.LINE_BREAKS_CHANGED, "LF was signed, CRLF has come", feeds.getBytes(StandardCharsets.ISO_8859_1));
        }
        String both = feeds.replace("\n", "\r\n");
        if (!both.equals(text)) {
            add(Cause.LINE_BREAKS_CHANGED, "CRLF was signed, LF has come", both.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void byteOrderMark() {
        if (Body.startsWith(Body.BYTE_ORDER_MARK, body)) {
            add(Cause.BYTE_ORDER_MARK_ADDED, "", Arrays.copyOfRange(body, Body.BYTE_ORDER_MARK.length, body.length));
        } else {
            add(Cause.BYTE_ORDER_MARK_LOST, "", concat(Body.BYTE_ORDER_MARK, body));
        }
    }

    private void charset() {
        if (isAscii()) {
            DOUBLE_BYTE.forEach(this::wasEncodedIn);
        } else if (Body.isUtf8(body)) {
            SINGLE_BYTE.forEach(this::wasEncodedIn);
            DOUBLE_BYTE.forEach(this::wasEncodedIn);
        }
        if (!isAscii() || mayBeOfDoubleBytes()) {
            SINGLE_BYTE.forEach(this::isEncodedIn);
            DOUBLE_BYTE.forEach(this::isEncodedIn);
        }
    }

    private boolean isAscii() {
        for (byte b : body) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean mayBeOfDoubleBytes() {
        return body.length > 1 && (body[0] == 0 || body[1] == 0);
    }

    /** The body is UTF-8; its text was, or was taken to be, in the other charset. */
    private void wasEncodedIn(Charset charset) {
        encode(new String(body, StandardCharsets.UTF_8), charset)
                .ifPresent(bytes -> add(
                        Cause.CHARSET_CHANGED, "it was decoded as " + charset.name() + " and encoded as UTF-8", bytes));
    }

    private void isEncodedIn(Charset charset) {
        decode(charset)
                .flatMap(text -> encode(text, StandardCharsets.UTF_8))
                .ifPresent(bytes ->
                        add(Cause.CHARSET_CHANGED, "it was decoded as UTF-8 and encoded as " + charset.name(), bytes));
    }

    private Optional<String> decode(Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> encode(String text, Charset charset) {
        if (charset.name().equals("windows-1252")) {
            return encodeAsBrowsersDo(text, charset);
        }
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Optional.of(bytes);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Five bytes have no character there; most decoders make the control character of the same number of them. */
    private static Optional<byte[]> encodeAsBrowsersDo(String text, Charset charset) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            byte[] one = String.valueOf(c).getBytes(charset);
            boolean unknown = one.length != 1 || (one[0] == '?' && c != '?');
            if (unknown && (c < 0x80 || c > 0x9F)) {
                return Optional.empty();
            }
            bytes[i] = unknown ? (byte) c : one[0];
        }
        return Optional.of(bytes);
    }

    private void add(Cause cause, String detail, byte[] bytes) {
        variants.add(new Variant(cause, detail, bytes));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
