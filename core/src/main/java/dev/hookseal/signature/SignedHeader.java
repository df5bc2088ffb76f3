package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a header that is part of the signed message, such as an id or a nonce.
 *
 * @apiNote For authors of providers. For a time there is {@link SignedTime}.
 * @since 0.1.0
 */
public final class SignedHeader {
    private static final Pattern ANYTHING = Pattern.compile("(?s).+");

    private SignedHeader() {}

    /**
     * Returns the one value of a header.
     *
     * @param separator what separates the parts of the message: a value that contains it is rejected, since the message
     *     could then be read in two ways
     * @throws WebhookRejectedException with {@link RejectionReason#SIGNATURE_MALFORMED} if the header is missing, empty or
     *     repeated, or contains the separator
     */
    public static String value(WebhookRequest request, String name, String separator) throws WebhookRejectedException {
        String value = value(request, name, ANYTHING);
        if (value.contains(separator)) {
            throw malformed(name);
        }
        return value;
    }

    /**
     * Returns the one value of a header.
     *
     * @param form what a value looks like, the whole of it, so that the parts of the message cannot be taken for each other
     * @throws WebhookRejectedException with {@link RejectionReason#SIGNATURE_MALFORMED} if the header is missing, empty or
     *     repeated, or not of that form
     */
    public static String value(WebhookRequest request, String name, Pattern form) throws WebhookRejectedException {
        List<String> values = request.headers(name);
        if (values.size() != 1
                || values.get(0).isEmpty()
                || !form.matcher(values.get(0)).matches()) {
            throw malformed(name);
        }
        return values.get(0);
    }

    private static WebhookRejectedException malformed(String name) {
        return new WebhookRejectedException(
                RejectionReason.SIGNATURE_MALFORMED,
                null,
                "the header " + name + ", which is signed, is missing, repeated or not of its form");
    }
}
