package dev.hookseal.signature;

import java.nio.charset.StandardCharsets;

/**
 * What a signature covers: some bytes of the request, possibly with text before and after them. The bytes are those that
 * the event is read from. Nothing is copied.
 *
 * <pre>{@code
 * SignedMessage.of(request.body()).after(timestamp + ".")
 * }</pre>
 *
 * <p>Immutable.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class SignedMessage {
    private static final byte[][] NOTHING = {};

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Coverage coverage;
    private final SignedForm form;
    private final byte[][] before;
    private final byte[][] behind;

    private SignedMessage(
            byte[] bytes, int from, int to, Coverage coverage, SignedForm form, byte[][] before, byte[][] behind) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.coverage = coverage;
        this.form = form;
        this.before = before;
        this.behind = behind;
    }

    /**
     * Returns the whole body.
     *
     * @param body shared, not to be changed
     */
    public static SignedMessage of(byte[] body) {
        return new SignedMessage(body, 0, body.length, Coverage.BODY, SignedForm.RAW, NOTHING, NOTHING);
    }

    /**
     * Returns a part of the body, or what a canonical form of it is.
     *
     * @param bytes shared, not to be changed
     * @param from of the first byte
     * @param to after the last byte
     */
    public static SignedMessage ofPart(byte[] bytes, int from, int to, SignedForm form) {
        return new SignedMessage(bytes, from, to, Coverage.PART_OF_BODY, form, NOTHING, NOTHING);
    }

    /** Returns the same after a text, in UTF-8. */
    public SignedMessage after(String text) {
        byte[][] texts = new byte[before.length + 1][];
        texts[0] = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(before, 0, texts, 1, before.length);
        return new SignedMessage(bytes, from, to, coverage, form, texts, behind);
    }

    /** Returns the same before a text, in UTF-8. */
    public SignedMessage before(String text) {
        byte[][] texts = new byte[behind.length + 1][];
        System.arraycopy(behind, 0, texts, 0, behind.length);
        texts[behind.length] = text.getBytes(StandardCharsets.UTF_8);
        return new SignedMessage(bytes, from, to, coverage, form, before, texts);
    }

    /** Returns the same where only a token matched. */
    SignedMessage notCovered() {
        return new SignedMessage(bytes, from, to, Coverage.NOTHING, form, NOTHING, NOTHING);
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    Coverage coverage() {
        return coverage;
    }

    SignedForm form() {
        return form;
    }

    /** Passes all parts on in their order. */
    void writeTo(Sink sink) {
        for (byte[] text : before) {
            sink.write(text, 0, text.length);
        }
        sink.write(bytes, from, to - from);
        for (byte[] text : behind) {
            sink.write(text, 0, text.length);
        }
    }

    interface Sink {
        void write(byte[] bytes, int from, int length);
    }
}
