package dev.hookseal.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Coverage coverage;
    private final SignedForm form;
    private final List<byte[]> before;
    private final List<byte[]> behind;

    private SignedMessage(
            byte[] bytes,
            int from,
            int to,
            Coverage coverage,
            SignedForm form,
            List<byte[]> before,
            List<byte[]> behind) {
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
        return new SignedMessage(body, 0, body.length, Coverage.BODY, SignedForm.RAW, List.of(), List.of());
    }

    /**
     * Returns a part of the body, or what a canonical form of it is.
     *
     * @param bytes shared, not to be changed
     * @param from of the first byte
     * @param to after the last byte
     */
    public static SignedMessage ofPart(byte[] bytes, int from, int to, SignedForm form) {
        return new SignedMessage(bytes, from, to, Coverage.PART_OF_BODY, form, List.of(), List.of());
    }

    /** Returns the same after a text, in UTF-8. */
    public SignedMessage after(String text) {
        List<byte[]> texts = new ArrayList<>(before.size() + 1);
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        texts.addAll(before);
        return new SignedMessage(bytes, from, to, coverage, form, List.copyOf(texts), behind);
    }

    /** Returns the same before a text, in UTF-8. */
    public SignedMessage before(String text) {
        List<byte[]> texts = new ArrayList<>(behind);
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        return new SignedMessage(bytes, from, to, coverage, form, before, List.copyOf(texts));
    }

    /** Returns the same where only a token matched. */
    SignedMessage notCovered() {
        return new SignedMessage(bytes, from, to, Coverage.NOTHING, form, List.of(), List.of());
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
