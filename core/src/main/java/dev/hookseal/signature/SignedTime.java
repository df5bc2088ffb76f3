package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads times as providers write them, strictly. A text that is not such a time is
 * {@link RejectionReason#TIMESTAMP_MALFORMED}.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class SignedTime {
    // without leading zeros, signs or spaces: a text that a signature covers has one meaning
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,14}");

    private SignedTime() {}

    /**
     * Returns the one value of a header.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#TIMESTAMP_MISSING} if there is no such header, with
     *     {@link RejectionReason#TIMESTAMP_MALFORMED} if it occurs several times
     */
    public static String header(WebhookRequest request, String name) throws WebhookRejectedException {
        List<String> values = request.headers(name);
        if (values.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.TIMESTAMP_MISSING);
        }
        if (values.size() > 1) {
            throw malformed();
        }
        return values.get(0);
    }

    /**
     * Returns the time of a number of seconds since 1970, at most 15 ASCII digits.
     *
     * @throws WebhookRejectedException if it is anything else
     */
    public static Instant ofUnixSeconds(String text) throws WebhookRejectedException {
        try {
            return Instant.ofEpochSecond(digits(text));
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    /**
     * Returns the time of a number of milliseconds since 1970, at most 15 ASCII digits.
     *
     * @throws WebhookRejectedException if it is anything else
     */
    public static Instant ofUnixMillis(String text) throws WebhookRejectedException {
        return Instant.ofEpochMilli(digits(text));
    }

    /**
     * Returns the time of an ISO 8601 text with a zone, such as {@code 2026-11-30T09:00:00Z}, as {@link Instant#parse}
     * reads it.
     *
     * @throws WebhookRejectedException if it is anything else
     */
    public static Instant ofIso8601(String text) throws WebhookRejectedException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    private static long digits(String text) throws WebhookRejectedException {
        if (!DIGITS.matcher(text).matches()) {
            throw malformed();
        }
        return Long.parseLong(text);
    }

    private static WebhookRejectedException malformed() {
        return new WebhookRejectedException(RejectionReason.TIMESTAMP_MALFORMED);
    }
}
