package dev.hookseal.slack;

import dev.hookseal.JsonData;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the forms of commands and interactions as JSON. */
final class FormBody {
    private FormBody() {}

    static JsonData json(String form) throws WebhookRejectedException {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            for (String pair : form.split("&", -1)) {
                int end = pair.indexOf('=');
                if (end > 0) {
                    fields.putIfAbsent(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
                }
            }
            String payload = fields.get("payload");
            return JsonData.of(payload == null ? object(fields) : payload);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejectedException(RejectionReason.PAYLOAD_MALFORMED);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
