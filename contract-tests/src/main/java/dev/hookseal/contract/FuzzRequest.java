package dev.hookseal.contract;

/** A request of the fuzz test, as bytes, and the answers that are allowed. */
final class FuzzRequest {
    private static final int SHOWN = 1_500;

    private final String id;
    private final byte[] bytes;
    private final boolean genuine;
    private final boolean harmless;
    private int answers = 1;
    private boolean last;
    private boolean closing;
    private boolean elsewhere;
    private boolean toHead;

    /**
     * Creates a request.
     *
     * @param id of its event, unless that was changed
     * @param genuine whether what it means is signed as the provider signs
     * @param harmless whether nothing else in it gives a server reason to reject it
     */
    FuzzRequest(String id, byte[] bytes, boolean genuine, boolean harmless) {
        this.id = id;
        this.bytes = bytes;
        this.genuine = genuine;
        this.harmless = harmless;
    }

    /** Says that it consists of several requests, one after the other. */
    FuzzRequest asking(int forAnswers) {
        answers = forAnswers;
        return this;
    }

    /** Says that nothing is sent after it on its connection. */
    FuzzRequest last() {
        last = true;
        return this;
    }

    /** Says that it may go to a path without an endpoint, whose errors are the application's. */
    FuzzRequest elsewhere() {
        elsewhere = true;
        return this;
    }

    /** Says that the server closes the connection after its answer. */
    FuzzRequest closing() {
        closing = true;
        return this;
    }

    /** Its answer has no body. */
    FuzzRequest toHead() {
        toHead = true;
        return this;
    }

    String id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean mayBeTaken() {
        return genuine;
    }

    boolean mustBeTaken() {
        return genuine && harmless;
    }

    int answers() {
        return answers;
    }

    boolean isLast() {
        return last;
    }

    boolean keepsConnection() {
        return !last && !closing;
    }

    boolean isElsewhere() {
        return elsewhere;
    }

    boolean isToHead() {
        return toHead;
    }

    /** Returns what is shown of it where an answer was wrong: what is not printable is escaped, and the end is cut. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length && text.length() < SHOWN; i++) {
            char c = (char) (bytes[i] & 0xFF);
            if (c == '\r') {
                text.append("\\r");
            } else if (c == '\n') {
                text.append("\\n\n");
            } else {
                text.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\x%02x", (int) c));
            }
        }
        return text + (genuine ? "\n(genuine)" : "\n(not genuine)");
    }
}
