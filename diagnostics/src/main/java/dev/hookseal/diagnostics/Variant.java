package dev.hookseal.diagnostics;

/** One thing to try: with these bytes in the place of those that were given, does the signature hold? */
final class Variant {
    private final Cause cause;
    private final String detail;
    private final byte[] bytes;

    Variant(Cause cause, String detail, byte[] bytes) {
        this.cause = cause;
        this.detail = detail;
        this.bytes = bytes;
    }

    /** What it would prove. */
    Cause cause() {
        return cause;
    }

    /** What to say of it besides. */
    String detail() {
        return detail;
    }

    /** Not a copy. */
    byte[] bytes() {
        return bytes;
    }
}
