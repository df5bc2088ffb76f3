package dev.hookseal.github;

import dev.hookseal.JsonData;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignedContent;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body of either content type: JSON, or a form whose {@code payload} is the JSON. */
final class GitHubBody {
    private static final String PAYLOAD = "payload=";

    private GitHubBody() {}

    // by the bytes, since the content type is not signed; no JSON begins in this way
    static JsonData json(SignedContent content) throws WebhookRejectedException {
        boolean isForm = content.read((bytes, from, to) -> to - from >= PAYLOAD.length()
                && new String(bytes, from, PAYLOAD.length(), StandardCharsets.ISO_8859_1).equals(PAYLOAD));
        return isForm ? ofForm(new String(content.bytes(), StandardCharsets.ISO_8859_1)) : JsonData.of(content);
    }

    private static JsonData ofForm(String form) throws WebhookRejectedException {
        int end = form.indexOf('&');
        String encoded = form.substring(PAYLOAD.length(), end < 0 ? form.length() : end);
        try {
            // one character for each byte, so that what is not UTF-8 is rejected and not replaced
            byte[] json =
                    URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return JsonData.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }
}
