package dev.hookseal.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The answer to a {@link Handshake}: small, and of a type that no browser renders, whatever a forger had it echo.
 *
 * @since 0.1.0
 */
public final class HandshakeReply {
    /** The most characters that an answer has. */
    public static final int MAX_LENGTH = 1024;

    private static final Map<String, String> NEVER_RENDERED =
            Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "no-store");

    // what no markup and no script can be made of
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~+/=:-]{1," + MAX_LENGTH + "}");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final int status;
    private final String contentType;
    private final String body;

    private HandshakeReply(int status, String contentType, String body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    /**
     * Returns 200 with a text, such as the challenge.
     *
     * @throws WebhookRejectedException if it is empty, longer than {@value #MAX_LENGTH} characters, or has other than
     *     ASCII letters, digits and {@code . _ ~ + / = : -}
     */
    public static HandshakeReply text(String text) throws WebhookRejectedException {
        return new HandshakeReply(200, "text/plain;charset=US-ASCII", checked(text));
    }

    /**
     * Returns a text of the sender that may be part of an answer.
     *
     * @throws WebhookRejectedException as {@link #text} does
     */
    public static String checked(String text) throws WebhookRejectedException {
        if (!PLAIN.matcher(text).matches()) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return text;
    }

    /**
     * Returns 200 with a JSON object.
     *
     * @param members texts, whole numbers and Booleans by name
     * @throws WebhookRejectedException if it has more than {@value #MAX_LENGTH} characters
     */
    public static HandshakeReply json(Map<String, ?> members) throws WebhookRejectedException {
        String json;
        try {
            json = JSON.writeValueAsString(new TreeMap<>(members));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The members are texts, whole numbers and Booleans", e);
        }
        if (json.length() > MAX_LENGTH) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_UNEXPECTED);
        }
        return new HandshakeReply(200, "application/json", json);
    }

    /** Returns 204 without a body. */
    public static HandshakeReply noContent() {
        return new HandshakeReply(204, "", "");
    }

    /** Returns the response that the sender gets. */
    public WebhookResponse response() {
        Map<String, String> headers = new TreeMap<>(NEVER_RENDERED);
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        return new WebhookResponse(status, headers, body);
    }

    /** Without the body, part of which a forger may have written. */
    @Override
    public String toString() {
        return "HandshakeReply[" + status + "]";
    }
}
