package dev.hookseal.diagnostics;

import dev.hookseal.provider.ProviderKit;
import java.util.List;

/**
 * Something that goes wrong with a signature in practice. A cause is named only where it explains the delivery: with it
 * undone, and nothing else, the signature is valid. The few that are in the request itself, such as a missing header, need
 * no such proof.
 *
 * <p>The constants are the causes that any provider can have. A provider's {@linkplain ProviderKit#suspicions kit} adds
 * those that only this provider has. Two causes with the same label are equal.
 *
 * @since 0.1.0
 */
public final class Cause {
    /** There is no signature header. */
    public static final Cause SIGNATURE_MISSING = new Cause(
            "signature-missing",
            "There is no signature header.",
            "Check that it gets through every proxy, and that the sender is the provider. If signatures are switched off"
                    + " at the provider, switch them on.");

    /** There are several signatures where one is expected. */
    public static final Cause SIGNATURE_REPEATED = new Cause(
            "signature-repeated",
            "There are several signatures, and a receiver must not choose one of them.",
            "Find the proxy or the client that adds the header a second time.");

    /** A name, quotation marks or white space is around the signature. */
    public static final Cause SIGNATURE_DECORATED = new Cause(
            "signature-decorated",
            "The signature is right, but something is around it in its header.",
            "Send the header as the provider does: without white space, quotation marks, or a name such as \"sha256=\""
                    + " that the provider does not write.");

    /** The text before the signature, such as {@code sha256=}, is missing or another one. */
    public static final Cause SIGNATURE_PREFIX = new Cause(
            "signature-prefix",
            "The signature is right, but the text that this provider writes before it is missing, or is another one.",
            "Pass the whole value of the header on, as the provider sends it.");

    /** The signature is cut. */
    public static final Cause SIGNATURE_TRUNCATED = new Cause(
            "signature-truncated",
            "The signature is right as far as it goes, but its end is missing.",
            "Raise the limit that cuts the header's value: a database column's, a log's, or a proxy's.");

    /** The signature is in hex, where the provider writes base64. */
    public static final Cause HEX_FOR_BASE64 = new Cause(
            "hex-for-base64",
            "The signature is right, but written in hex, where this provider writes base64.",
            "Encode the bytes of the signature in base64. If the sender is another provider, verify as that one does.");

    /** The signature is in base64, where the provider writes hex. */
    public static final Cause BASE64_FOR_HEX = new Cause(
            "base64-for-hex",
            "The signature is right, but written in base64, where this provider writes lower-case hex.",
            "Encode the bytes of the signature in lower-case hex. If the sender is another provider, verify as that one"
                    + " does.");

    /** The signature is in another alphabet of base64, or padded otherwise. */
    public static final Cause BASE64URL = new Cause(
            "base64url",
            "The signature is right, but written in another alphabet of base64 than this provider's, or with another"
                    + " padding.",
            "Encode it as the provider documents: most use standard padded base64, and a few base64url without padding.");

    /** Upper and lower case of the signature differ. */
    public static final Cause UPPER_CASE = new Cause(
            "upper-case",
            "The signature is right except for upper and lower case.",
            "Leave the header's value as it is: case matters in base64, and hex is written in lower case.");

    /** A header that is signed besides the body is missing. */
    public static final Cause SIGNED_HEADER_MISSING = new Cause(
            "signed-header-missing",
            "A header that this provider signs together with the body is missing.",
            "Check that it gets through every proxy: some load balancers and gateways pass on only the headers that they"
                    + " are told to.");

    /** A header that is signed besides the body has another value. */
    public static final Cause SIGNED_HEADER_CHANGED = new Cause(
            "signed-header-changed",
            "A header that this provider signs together with the body was changed.",
            "Pass the header's value on as it came: once, without quotation marks and white space around it.");

    /** White space is around the secret, on one side. */
    public static final Cause SECRET_WHITE_SPACE = new Cause(
            "secret-white-space",
            "There is white space around the secret, on one of the two sides.",
            "Remove it: a line break at the end often comes from a file or from echo, which writes one unless told -n.");

    /** Quotation marks are around the secret, on one side. */
    public static final Cause SECRET_QUOTED = new Cause(
            "secret-quoted",
            "There are quotation marks around the secret, on one of the two sides.",
            "Remove them: they often come from a file of environment variables, whose reader takes them as they are.");

    /** The sender decoded the secret, and the provider does not. */
    public static final Cause SECRET_DECODED = new Cause(
            "secret-decoded",
            "It was signed with the bytes that the secret decodes to, where the provider takes its text.",
            "Use the characters of the secret, as UTF-8, for the key: decode neither base64 nor hex.");

    /** The sender did not decode the secret, and the provider does; or it encoded it. */
    public static final Cause SECRET_ENCODED = new Cause(
            "secret-encoded",
            "It was signed with the text of the secret, where the provider decodes it; or with the secret encoded once"
                    + " more.",
            "Use the key that the provider documents: decode the secret if the provider does, and do not encode it.");

    /** The prefix of the secret is missing on one side. */
    public static final Cause SECRET_PREFIX = new Cause(
            "secret-prefix",
            "The prefix of the secret is missing on one of the two sides.",
            "Use the secret as the provider shows it, with its prefix.");

    /** The secret is that of another endpoint. */
    public static final Cause SECRET_OF_ANOTHER_ENDPOINT = new Cause(
            "secret-of-another-endpoint",
            "It was signed with a secret that is not this endpoint's.",
            "Set that secret at this endpoint, or have the provider deliver to the endpoint that has it. Each endpoint, each"
                    + " mode (test, live) and a provider's own command line usually have a secret each.");

    /** The secret is that of another event. */
    public static final Cause SECRET_OF_ANOTHER_EVENT = new Cause(
            "secret-of-another-event",
            "It was signed with the secret that was given for another event.",
            "Each event has its own secret: look up which secret belongs to which event, and set it there.");

    /** There is no secret for the event. */
    public static final Cause SECRET_NOT_GIVEN = new Cause(
            "secret-not-given",
            "No secret was given for this event, and none of the others fits.",
            "Give the secret of the subscription to this event.");

    /** The body has one line break more at its end. */
    public static final Cause NEWLINE_ADDED = new Cause(
            "newline-added",
            "The body has gained a line break at its end.",
            "Pass the bytes on as they came: an editor, echo, or a log may have added it.");

    /** The body has one line break less at its end. */
    public static final Cause NEWLINE_LOST = new Cause(
            "newline-lost",
            "The body has lost a line break at its end.",
            "Pass the bytes on as they came: do not trim, and in a shell use --data-binary and no $(...).");

    /** The line breaks differ. */
    public static final Cause LINE_BREAKS_CHANGED = new Cause(
            "line-breaks-changed",
            "The line breaks within the body are not the signed ones.",
            "Pass the bytes on as they came: text mode, an editor, git, or reading line by line changes them.");

    /** The body has a byte order mark that is not signed. */
    public static final Cause BYTE_ORDER_MARK_ADDED = new Cause(
            "byte-order-mark-added",
            "The body has gained a byte order mark at its beginning.",
            "Pass the bytes on as they came: an editor, or a writer of \"UTF-8 with BOM\", has added it.");

    /** The body lacks a byte order mark that is signed. */
    public static final Cause BYTE_ORDER_MARK_LOST = new Cause(
            "byte-order-mark-lost",
            "The body has lost its byte order mark.",
            "Verify the bytes as they came, before anything decodes them.");

    /** The body was decoded and encoded in different charsets. */
    public static final Cause CHARSET_CHANGED = new Cause(
            "charset-changed",
            "The body was decoded and encoded again, in another charset.",
            "Verify the bytes as they came. If a text is all you have, name UTF-8 on both sides.");

    /** The body is a form that was decoded and encoded again, or JSON that was taken for a form. */
    public static final Cause FORM_REWRITTEN = new Cause(
            "form-rewritten",
            "The body was read as a form and written again.",
            "Verify the bytes as they came, before anything reads form parameters: encoders differ in which characters"
                    + " they escape and how.");

    /** The body is within another text, such as base64 or a JSON string. */
    public static final Cause BODY_WRAPPED = new Cause(
            "body-wrapped",
            "What is signed is within this body, encoded or as a part of something else.",
            "Unwrap it before it is verified: a gateway may pass bodies on in base64 or in its own envelope, and"
                    + " JSON.stringify of a text adds quotation marks.");

    /** Characters of the body were replaced by entities of HTML. */
    public static final Cause HTML_ESCAPED = new Cause(
            "html-escaped",
            "Characters of the body were replaced by entities of HTML, such as &quot;.",
            "Verify the bytes as they came, and leave the path out of filters against cross-site scripting.");

    /** The body is compressed, and what it decompresses to is signed. */
    public static final Cause STILL_COMPRESSED = new Cause(
            "still-compressed",
            "The body is still compressed, and what is signed is what it decompresses to.",
            "Decompress it before it is verified, with a limit to its size.");

    /** The body was decompressed, and the compressed one is signed. */
    public static final Cause DECOMPRESSED = new Cause(
            "decompressed",
            "The body was decompressed on its way, and what is signed is the compressed one.",
            "Verify before anything decompresses, or switch that off for this path.");

    /** The body alone is signed, where the provider signs more than it. */
    public static final Cause BODY_ALONE_SIGNED = new Cause(
            "body-alone-signed",
            "It was signed over the body alone, where this provider signs it together with something else, such as a"
                    + " time.",
            "Sign what the provider documents, in its order and with its separators.");

    /** Another URL is signed. */
    public static final Cause URL_CHANGED = new Cause(
            "url-changed",
            "It was signed for another URL than this one.",
            "Set public-url to the URL that is registered with the provider, character by character: scheme, host, port,"
                    + " path, and slash at the end. The query is signed as the provider sent it. Behind a proxy an"
                    + " application often sees another URL.");

    /** Another method is signed. */
    public static final Cause METHOD_CHANGED = new Cause(
            "method-changed",
            "It was signed for another HTTP method.",
            "Find the redirect or the proxy that changes the method: a client may answer a redirect with GET.");

    /** The signature is one of another provider. */
    public static final Cause OTHER_PROVIDER = new Cause(
            "other-provider",
            "It has a valid signature of another provider.",
            "Verify it as a delivery of that provider: the endpoint or the subscription is the wrong one.");

    /** The white space in the JSON differs. */
    public static final Cause PRETTY_PRINTED = new Cause(
            "pretty-printed",
            "It is the same JSON with other white space: something parsed it and wrote it again.",
            "Verify the bytes as they came, before anything parses them.");

    /** The order of members in the JSON differs. */
    public static final Cause KEYS_REORDERED = new Cause(
            "keys-reordered",
            "It is the same JSON with its members in another order.",
            "Verify the bytes as they came. A map or a database has sorted them, and the order is signed, too.");

    /** The writing of numbers in the JSON differs. */
    public static final Cause NUMBERS_REWRITTEN = new Cause(
            "numbers-rewritten",
            "It is the same JSON with its numbers written differently.",
            "Verify the bytes as they came, before a number becomes a double, a decimal or a text.");

    /** The escaping in the JSON differs. */
    public static final Cause CHARACTERS_ESCAPED = new Cause(
            "characters-escaped",
            "It is the same JSON with its characters escaped differently.",
            "Verify the bytes as they came. Some writers escape all but ASCII, slashes, or what HTML might read.");

    /** The JSON differs in several of these ways. */
    public static final Cause RE_SERIALISED = new Cause(
            "re-serialised",
            "It is the same JSON, parsed and written again by another writer.",
            "Verify the bytes as they came, before anything parses them.");

    /** There is no body. */
    public static final Cause BODY_EMPTY = new Cause(
            "body-empty",
            "There is no body.",
            "Check whether something has read the request's body before: a filter, a logger, or getParameter.");

    /** The body is cut. */
    public static final Cause TRUNCATED = new Cause(
            "truncated",
            "The body breaks off in the middle of its JSON.",
            "Raise the limit that cuts it (a proxy's, a logger's, a database column's), or read to the end.");

    /** The signature is valid, and the delivery's time is not within what is allowed. */
    public static final Cause TIMESTAMP_OUTSIDE_TOLERANCE = new Cause(
            "timestamp-outside-tolerance",
            "The signature is valid, but the delivery's time is outside of what is allowed.",
            "Set the clock right. If it is an old delivery, explain it as of the time when it came; if the provider"
                    + " redelivers so late, widen replay-window or tolerance.");

    /** The signature is valid, and the event is too old. */
    public static final Cause EVENT_OUTSIDE_REPLAY_WINDOW = new Cause(
            "event-outside-replay-window",
            "The signature is valid, but the event is older than the replay window. The window is Hookseal's rule, not"
                    + " the provider's.",
            "An example payload of a provider's documentation is often years old. To try it, look at it as of its"
                    + " time (--at, withClock), widen the window (--replay-window 3650d, withReplayWindow, the endpoint's"
                    + " replay-window), or sign an event of the current time with the testkit or \"hookseal send\". If a"
                    + " real delivery is that late, check the clocks, or widen the endpoint's replay-window.");

    /** The delivery's time cannot be read. */
    public static final Cause TIMESTAMP_UNREADABLE = new Cause(
            "timestamp-unreadable",
            "The time of the delivery is missing, or is not a time as the provider writes it.",
            "Check that its header gets through every proxy unchanged. If the provider does not sign the time, you can"
                    + " also set no tolerance.");

    /** The signature is valid, and the body is not an event of the provider. */
    public static final Cause PAYLOAD_UNEXPECTED = new Cause(
            "payload-unexpected",
            "The signature is valid, but the body is not what the provider sends.",
            "If it came from the provider, its format is a new one: update, or report it. A receiver answers 400.");

    private static final List<Cause> GENERAL = List.of(
            SIGNATURE_MISSING,
            SIGNATURE_REPEATED,
            SIGNATURE_DECORATED,
            SIGNATURE_PREFIX,
            SIGNATURE_TRUNCATED,
            HEX_FOR_BASE64,
            BASE64_FOR_HEX,
            BASE64URL,
            UPPER_CASE,
            SIGNED_HEADER_MISSING,
            SIGNED_HEADER_CHANGED,
            SECRET_WHITE_SPACE,
            SECRET_QUOTED,
            SECRET_DECODED,
            SECRET_ENCODED,
            SECRET_PREFIX,
            SECRET_OF_ANOTHER_ENDPOINT,
            SECRET_OF_ANOTHER_EVENT,
            SECRET_NOT_GIVEN,
            NEWLINE_ADDED,
            NEWLINE_LOST,
            LINE_BREAKS_CHANGED,
            BYTE_ORDER_MARK_ADDED,
            BYTE_ORDER_MARK_LOST,
            CHARSET_CHANGED,
            FORM_REWRITTEN,
            BODY_WRAPPED,
            HTML_ESCAPED,
            STILL_COMPRESSED,
            DECOMPRESSED,
            BODY_ALONE_SIGNED,
            URL_CHANGED,
            METHOD_CHANGED,
            OTHER_PROVIDER,
            PRETTY_PRINTED,
            KEYS_REORDERED,
            NUMBERS_REWRITTEN,
            CHARACTERS_ESCAPED,
            RE_SERIALISED,
            BODY_EMPTY,
            TRUNCATED,
            TIMESTAMP_OUTSIDE_TOLERANCE,
            EVENT_OUTSIDE_REPLAY_WINDOW,
            TIMESTAMP_UNREADABLE,
            PAYLOAD_UNEXPECTED);

    private final String label;
    private final String happened;
    private final String fix;

    private Cause(String label, String happened, String fix) {
        this.label = label;
        this.happened = happened;
        this.fix = fix;
    }

    static Cause of(ProviderKit.Suspicion suspicion) {
        return new Cause(suspicion.label(), suspicion.happened() + ".", suspicion.fix());
    }

    /** Returns the causes that any provider can have. */
    public static List<Cause> general() {
        return GENERAL;
    }

    /** Returns the name in lower case with hyphens, such as {@code newline-lost}: for command lines and reports. */
    public String label() {
        return label;
    }

    /** Returns what happened, in a sentence. */
    public String happened() {
        return happened;
    }

    /** Returns how to fix it, in a sentence or two. */
    public String fix() {
        return fix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cause that && label.equals(that.label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
