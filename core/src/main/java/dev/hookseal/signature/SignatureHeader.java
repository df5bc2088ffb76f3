package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a signature of 32 bytes from a header, strictly: one value, one spelling. Whatever stands there instead is a
 * rejection and never another exception.
 */
public final class SignatureHeader {
    private static final int SIGNATURE_BYTES = 32;
    private static final int HEX_CHARACTERS = 64;
    private static final int BASE64_CHARACTERS = 44;

    private SignatureHeader() {}

    /**
     * A signature in lower-case hex, 64 digits.
     *
     * @throws WebhookRejectedException if there is none, if there are several, or if it is anything else
     */
    public static byte[] hex(WebhookRequest request, String header) throws WebhookRejectedException {
        String value = only(request, header, HEX_CHARACTERS);
        try {
            byte[] signature = HexFormat.of().parseHex(value);
            return canonical(value, HexFormat.of().formatHex(signature), signature);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
    }

    /**
     * A signature in padded base64 of the standard alphabet (RFC 4648, section 4), 44 characters, unused bits zero.
     *
     * @throws WebhookRejectedException if there is none, if there are several, or if it is anything else
     */
    public static byte[] base64(WebhookRequest request, String header) throws WebhookRejectedException {
        String value = only(request, header, BASE64_CHARACTERS);
        try {
            byte[] signature = Base64.getDecoder().decode(value);
            // 44 characters are 31 or 33 bytes where the padding is another
            if (signature.length != SIGNATURE_BYTES) {
                throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
            }
            return canonical(value, Base64.getEncoder().encodeToString(signature), signature);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
    }

    // The decoders take more spellings than one (upper case, loose bits); what does not encode back to itself is none.
    private static byte[] canonical(String value, String encoded, byte[] signature) throws WebhookRejectedException {
        if (!value.equals(encoded)) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        return signature;
    }

    private static String only(WebhookRequest request, String header, int characters) throws WebhookRejectedException {
        List<String> values = request.headers(header);
        if (values.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISSING);
        }
        if (values.size() > 1) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_REPEATED);
        }
        String value = values.get(0);
        if (value.length() != characters) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        return value;
    }
}
