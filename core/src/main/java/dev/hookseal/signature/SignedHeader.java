package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;

/**
 * Reads a header that is part of the signed message, such as an id or a nonce.
 *
 * @apiNote For authors of providers. For a time there is {@link SignedTime}.
 * @since 0.1.0
 */
public final class SignedHeader {
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
        List<String> values = request.headers(name);
        if (values.size() != 1 || values.get(0).isEmpty() || values.get(0).contains(separator)) {
            throw new WebhookRejectedException(
                    RejectionReason.SIGNATURE_MALFORMED,
                    null,
                    "the header " + name + ", which is signed, is missing, repeated or not of its form");
        }
        return values.get(0);
    }
}
