package dev.hookseal.slack;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a form strictly: URLDecoder alone takes {@code %+1}, and puts U+FFFD where bytes are not UTF-8. */
final class FormFields {
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private FormFields() {}

    /**
     * Returns the fields in their order.
     *
     * @throws WebhookRejectedException with {@link RejectionReason#PAYLOAD_MALFORMED} if something is not escaped correctly or
     *     not UTF-8, and with {@link RejectionReason#PAYLOAD_UNEXPECTED} if a field occurs twice
     */
    static Map<String, String> of(byte[] form) throws WebhookRejectedException {
        Map<String, String> fields = new LinkedHashMap<>();
        // one character for each byte
        for (String field : new String(form, StandardCharsets.ISO_8859_1).split("&", -1)) {
            String[] parts = field.split("=", 2);
            String value = parts.length == 1 ? "" : decoded(parts[1]);
            if (!field.isEmpty() && fields.put(decoded(parts[0]), value) != null) {
                // a servlet's getParameter reads the first one, and others the last
                throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
            }
        }
        return fields;
    }

    private static String decoded(String text) throws WebhookRejectedException {
        if (BROKEN_ESCAPE.matcher(text).find()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
        byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }
}
