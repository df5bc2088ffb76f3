package dev.hookseal.diagnostics;

import java.util.Locale;

/**
 * What goes wrong in practice with a signature. A cause is named only where it explains the delivery: with it undone,
 * and nothing else, the signature holds. The few that stand in the request itself, such as a missing header, need no
 * such proof.
 */
public enum Cause {
    SIGNATURE_MISSING(
            "There is no signature header.",
            "See that it gets through every proxy, and that the sender is the provider. Where the signature is switched"
                    + " off at the provider, switch it on."),
    SIGNATURE_REPEATED(
            "There are several signatures, of which a receiver must not choose one.",
            "Find the proxy or the client that adds the header a second time."),
    SIGNATURE_DECORATED(
            "The signature is right, but something stands around it in its header.",
            "Send the bare signature: no white space, no quotation marks, no name such as \"sha256=\" before it."),
    HEX_FOR_BASE64(
            "The signature is right, but written in hex, where this provider writes base64.",
            "Encode the 32 bytes of the HMAC in base64. If the sender is another provider, verify as that one does."),
    BASE64_FOR_HEX(
            "The signature is right, but written in base64, where this provider writes lower-case hex.",
            "Encode the 32 bytes of the HMAC in lower-case hex. If the sender is another provider, verify as that one"
                    + " does."),
    BASE64URL(
            "The signature is right, but written in the URL's alphabet of base64, or without its padding.",
            "Encode it in standard padded base64, or in lower-case hex, as the provider documents."),
    UPPER_CASE(
            "The signature is right but for upper and lower case.",
            "Leave the header's value as it is: base64 tells case apart, and hex is written in lower case."),

    PREFIX_LEFT_IN(
            "It was signed with the secret as it was given here, with E_AI_K_ in it.",
            "The sender has to remove E_AI_K_ before it signs. If the sender is the provider, the secret here was"
                    + " shortened before: give it whole, as the dashboard shows it."),
    PREFIX_REMOVED_TWICE(
            "It was signed with the secret after E_AI_K_ was removed more than once.",
            "Only the first E_AI_K_ is removed, once, by whoever signs or verifies: let nothing else remove it, too."),
    SECRET_WHITE_SPACE(
            "There is white space around the secret, on one of the two sides.",
            "Take it off: a line break at the end often comes from a file or from echo, which writes one unless told -n."),
    SECRET_QUOTED(
            "There are quotation marks around the secret, on one of the two sides.",
            "Take them off: they often come from a file of environment variables, whose reader takes them as they are."),
    SECRET_DECODED(
            "It was signed with the bytes that the secret decodes to, where the provider takes its text.",
            "Use the characters of the secret, as UTF-8, for the key: decode neither base64 nor hex."),
    SECRET_OF_ANOTHER_EVENT(
            "It was signed with the secret that was given for another event.",
            "Each subscription has a secret of its own: look up which belongs to which event, and set it there."),
    SECRET_NOT_GIVEN(
            "No secret was given for this event, and none of the others fits.",
            "Give the secret of the subscription to this event."),

    NEWLINE_ADDED(
            "The body has gained a line break at its end.",
            "Pass the bytes on as they came: an editor, echo, or a log may have added it."),
    NEWLINE_LOST(
            "The body has lost a line break at its end.",
            "Pass the bytes on as they came: do not trim, and in a shell use --data-binary and no $(...)."),
    LINE_BREAKS_CHANGED(
            "The line breaks within the body are others than the signed ones.",
            "Pass the bytes on as they came: text mode, an editor, git, or reading line by line changes them."),
    BYTE_ORDER_MARK_ADDED(
            "The body has gained a byte order mark at its beginning.",
            "Pass the bytes on as they came: an editor, or a writer of \"UTF-8 with BOM\", has added it."),
    BYTE_ORDER_MARK_LOST(
            "The body has lost its byte order mark.", "Verify the bytes as they came, before anything decodes them."),
    CHARSET_CHANGED(
            "The body was decoded and encoded again, in another charset.",
            "Verify the bytes as they came. Where a text is all there is, name UTF-8 on both sides."),
    STILL_COMPRESSED(
            "The body is still compressed, and what is signed is what it decompresses to.",
            "Decompress it before it is verified, with a limit to its size."),
    DECOMPRESSED(
            "The body was decompressed on its way, and what is signed is the compressed one.",
            "Verify before anything decompresses, or switch that off for this path."),

    WHOLE_BODY_SIGNED(
            "It was signed over the whole body, where Extracta signs its result alone.",
            "Sign JSON.stringify(body.result)."),
    RESULT_ALONE(
            "The body here is the result alone: what stood around it is gone.",
            "Verify the request's body as it came, and not a part of it."),
    OTHER_PROVIDER(
            "It is signed as the other provider does, and rightly.",
            "Verify it as a delivery of that provider: the endpoint or the subscription is the wrong one."),

    PRETTY_PRINTED(
            "It is the same JSON with other white space: it was printed anew.",
            "Verify the bytes as they came, before anything parses them."),
    KEYS_REORDERED(
            "It is the same JSON with its members in another order.",
            "Verify the bytes as they came. A map or a database has sorted them; Extracta's signature, too, tells order."),
    NUMBERS_REWRITTEN(
            "It is the same JSON with its numbers written otherwise.",
            "Verify the bytes as they came, before a number becomes a double, a decimal or a text."),
    CHARACTERS_ESCAPED(
            "It is the same JSON with its characters escaped otherwise.",
            "Verify the bytes as they came. Some writers escape all but ASCII, slashes, or what HTML might read."),
    RE_SERIALISED(
            "It is the same JSON, parsed and written anew by another writer.",
            "Verify the bytes as they came, before anything parses them."),

    BODY_EMPTY(
            "There is no body.",
            "See whether something has read the request's body before: a filter, a logger, or getParameter."),
    TRUNCATED(
            "The body breaks off in the middle of its JSON.",
            "Raise the limit that cuts it (a proxy's, a logger's, a database column's), or read to the end."),

    TIMESTAMP_OUTSIDE_TOLERANCE(
            "The signature holds, but the delivery's time is outside of what is allowed.",
            "Set the clock right. If it is an old delivery, explain it as of the time when it came; if the provider"
                    + " redelivers so late, widen replay-window or tolerance."),
    EVENT_OUTSIDE_REPLAY_WINDOW(
            "The signature holds, but the event is older than the replay window. The window is Hookseal's rule, not the"
                    + " provider's.",
            "An example payload of the provider's documentation is from 2023. To try it, look at it as of its own time"
                    + " (--at, withClock), widen the window (--replay-window 3650d, withReplayWindow, the endpoint's"
                    + " replay-window), or sign an event of the current time with the testkit or \"hookseal send\". If a"
                    + " real delivery is that late, check the clocks, or widen the endpoint's replay-window."),
    TIMESTAMP_UNREADABLE(
            "The signature holds, but a tolerance is set and the time header is missing or no time.",
            "See that X-Webhook-Timestamp gets through every proxy, or set no tolerance: the header is not signed."),
    PAYLOAD_UNEXPECTED(
            "The signature holds, but the body is not what the provider sends.",
            "If it came from the provider, its format is a new one: update, or report it. A receiver answers 400.");

    private final String happened;
    private final String fix;

    Cause(String happened, String fix) {
        this.happened = happened;
        this.fix = fix;
    }

    /** The name in lower case with hyphens, such as {@code newline-lost}: for command lines and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happened, in a sentence. */
    public String happened() {
        return happened;
    }

    /** How to fix it, in a sentence or two. */
    public String fix() {
        return fix;
    }
}
