package dev.hookseal.cli;

import dev.hookseal.internal.LogSafe;
import dev.hookseal.request.RejectionReason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the notes of a kept delivery say of its rejection. */
record KeptNotes(@Nullable String endpoint, @Nullable String reason) {

    /** The rejection in a line, if it is a rejected delivery. */
    Optional<String> rejection() {
        return reason == null
                ? Optional.empty()
                : Optional.of("Rejected" + (endpoint == null ? "" : " at endpoint " + LogSafe.of(endpoint)) + ": "
                        + LogSafe.of(reason));
    }

    /** A reason that no look at the signature is needed for. */
    Optional<String> evidentCause() {
        return Arrays.stream(RejectionReason.values())
                .filter(known -> known.tag().equals(reason))
                .findFirst()
                .flatMap(this::explained);
    }

    private Optional<String> explained(RejectionReason known) {
        String words = switch (known) {
            case METHOD_NOT_ALLOWED -> "The request is not a POST.\nFix: Send deliveries with POST.";
            case MULTIPART ->
                "The Content-Type is multipart, and no signature can be checked on that.\n"
                        + "Fix: Find out what sends it: no provider does.";
            case CONTENT_ENCODED ->
                "The request has a Content-Encoding: something on its way compressed the body, and the signature covers"
                        + " what was there before.\nFix: Switch off compression of requests for this path in every proxy.";
            case BODY_TOO_LARGE ->
                "The body is larger than the endpoint's limit, or than a limit of the server.\nFix: If the provider sends"
                        + " such bodies, raise hookseal.endpoints."
                        + (endpoint == null ? "<name>" : LogSafe.of(endpoint))
                        + ".max-body-size, or the server's limit.";
            case BODY_UNREADABLE ->
                "The body broke off, or something had read it before.\nFix: Look for a filter that reads bodies ahead of"
                        + " Hookseal's, and for a proxy or sender that gives up early.";
            default -> "";
        };
        return words.isEmpty() ? Optional.empty() : Optional.of(known.tag() + ": " + words);
    }
}
