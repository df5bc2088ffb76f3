package dev.hookseal.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SignatureExplainer} found: that the delivery is genuine, the one cause, or that none fits. It holds
 * neither a secret nor a signature, and nothing of the body, so that it may be printed anywhere.
 */
public final class Explanation {
    private final boolean genuine;
    private final @Nullable Cause cause;
    private final boolean whole;
    private final String detail;
    private final List<Cause> ruledOut;
    private final List<String> hints;

    private Explanation(
            boolean genuine,
            @Nullable Cause cause,
            boolean whole,
            String detail,
            List<Cause> ruledOut,
            List<String> hints) {
        this.genuine = genuine;
        this.cause = cause;
        this.whole = whole;
        this.detail = detail;
        this.ruledOut = List.copyOf(ruledOut);
        this.hints = List.copyOf(hints);
    }

    static Explanation ofGenuine() {
        return new Explanation(true, null, true, "", List.of(), List.of());
    }

    static Explanation of(Finding finding) {
        return of(finding.cause(), finding.detail());
    }

    static Explanation of(Cause cause, String detail) {
        return new Explanation(false, cause, true, detail, List.of(), List.of());
    }

    static Explanation ofNone(List<Cause> ruledOut, List<String> hints) {
        return new Explanation(false, null, true, "", ruledOut, hints);
    }

    static Explanation ofABodyThatIsNotWhole(List<String> hints) {
        return new Explanation(false, null, false, "", List.of(), hints);
    }

    /** Whether a receiver with these settings takes the delivery. */
    public boolean isGenuine() {
        return genuine;
    }

    /** Why it does not; empty if the delivery is genuine, and if nothing fits. */
    public Optional<Cause> cause() {
        return Optional.ofNullable(cause);
    }

    /** What of the cause it was, such as which event's secret; empty if there is nothing to add. */
    public String detail() {
        return detail;
    }

    /** Where nothing fits: what was tried. Of the forms of a large body it was only the common ones. */
    public List<Cause> ruledOut() {
        return ruledOut;
    }

    /** Where nothing fits: what is odd about the request and proves nothing. */
    public List<String> hints() {
        return hints;
    }

    /** All of it in a few lines, for a person. */
    @Override
    public String toString() {
        if (genuine) {
            return "Genuine: the signature matches.";
        }
        if (cause != null) {
            return cause.label() + ": " + cause.happened() + (detail.isEmpty() ? "" : "\nHere: " + detail) + "\nFix: "
                    + cause.fix();
        }
        String odd = hints.stream().map(hint -> "\nHint: " + hint).collect(Collectors.joining());
        if (!whole) {
            return "No cause found: the body is not whole, so nothing can be said of its signature." + odd;
        }
        String tried = ruledOut.stream().map(Cause::label).collect(Collectors.joining(", "));
        return "No cause found: the secret is another one, or the body, a signed header or the signed URL was changed in a way that"
                + " cannot be undone."
                + odd
                + "\nTried: " + tried;
    }
}
