package dev.hookseal.request;

import java.util.Locale;

/**
 * Why a delivery was rejected. The sender is told the {@linkplain #status() status} and nothing else; the reason is for
 * logs, metrics and tests.
 */
public enum RejectionReason {
    /** The request's method is not POST. */
    METHOD_NOT_ALLOWED(405),
    /** The {@code Content-Type} is multipart, which servers take apart before anything can verify it. */
    MULTIPART(400),
    /** The request has a {@code Content-Encoding}, so that its body is not the one that was signed. */
    CONTENT_ENCODED(400),
    /** The body is larger than the endpoint's limit. */
    BODY_TOO_LARGE(413),
    /** The body ended early, broke the transfer coding, or something before the receiver had consumed it. */
    BODY_UNREADABLE(400),
    /** The body did not arrive in time. */
    BODY_TIMEOUT(408),
    /** The body is still arriving, and what such bodies hold together has reached its limit. */
    OVERLOADED(503),
    /** There is no signature header. The body is not read. */
    SIGNATURE_MISSING(401),
    /** There are several values of the signature header. */
    SIGNATURE_REPEATED(401),
    /** The signature header is not of the provider's form: its length, alphabet or padding. */
    SIGNATURE_MALFORMED(401),
    /** The signature is well formed and belongs to none of the secrets and this body. */
    SIGNATURE_MISMATCH(401),
    /** The endpoint has no secret for the type of event that the body names. */
    SECRET_MISSING(401),
    /** A tolerance is set and the time header is missing. */
    TIMESTAMP_MISSING(401),
    /** A tolerance is set and the time header is not a time, or is repeated. */
    TIMESTAMP_MALFORMED(401),
    /** The time header is further back than the tolerance. */
    TIMESTAMP_TOO_OLD(401),
    /** The time header is further ahead than the tolerance. */
    TIMESTAMP_TOO_FAR_AHEAD(401),
    /** The signed time of the event is further back than the replay window. */
    EVENT_TOO_OLD(401),
    /** The signed time of the event is further ahead than clocks differ. */
    EVENT_TOO_FAR_AHEAD(401),
    /** The body is not JSON in strict UTF-8, or is nested deeper or has longer numbers than is allowed. */
    PAYLOAD_MALFORMED(400),
    /** The body is JSON and not what the provider sends. */
    PAYLOAD_UNEXPECTED(400);

    private final int status;
    private final String tag;

    RejectionReason(int status) {
        this.status = status;
        this.tag = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the HTTP status that the sender gets. */
    public int status() {
        return status;
    }

    /**
     * Returns the reason in lower case with hyphens, such as {@code signature-mismatch}: for logs, metric tags and
     * vectors.
     */
    public String tag() {
        return tag;
    }
}
