package dev.hookseal.internal.json;

/** Bytes that are not JSON within the limits. It has no stack trace: it tells of input, not of a bug. */
public final class JsonFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonFormatException(String problem, int position) {
        super(problem + " at byte " + position, null, false, false);
    }
}
