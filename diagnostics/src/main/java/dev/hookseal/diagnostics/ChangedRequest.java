package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it would have been if one thing had not happened to it. */
final class ChangedRequest implements WebhookRequest {
    private final WebhookRequest original;
    private final String method;
    private final @Nullable String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private ChangedRequest(
            WebhookRequest original,
            String method,
            @Nullable String query,
            Map<String, List<String>> headers,
            byte[] body) {
        this.original = original;
        this.method = method;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    static WebhookRequest withBody(WebhookRequest original, byte[] body) {
        return new ChangedRequest(original, original.method(), original.rawQuery(), Map.of(), body);
    }

    /** A header that the original does not have is added. */
    static WebhookRequest withHeader(WebhookRequest original, String name, String value) {
        return new ChangedRequest(
                original,
                original.method(),
                original.rawQuery(),
                Map.of(name, List.of(value)),
                original.bodyAsFarAsRead());
    }

    static WebhookRequest withMethod(WebhookRequest original, String method) {
        return new ChangedRequest(original, method, original.rawQuery(), Map.of(), original.bodyAsFarAsRead());
    }

    static WebhookRequest withQuery(WebhookRequest original, @Nullable String query) {
        return new ChangedRequest(original, original.method(), query, Map.of(), original.bodyAsFarAsRead());
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public @Nullable String rawQuery() {
        return query;
    }

    @Override
    public List<String> headers(String name) {
        for (Map.Entry<String, List<String>> changed : headers.entrySet()) {
            if (changed.getKey().equalsIgnoreCase(name)) {
                return changed.getValue();
            }
        }
        return original.headers(name);
    }

    @Override
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new LinkedHashMap<>(original.headers());
        all.keySet().removeIf(name -> headers.keySet().stream().anyMatch(name::equalsIgnoreCase));
        all.putAll(headers);
        return all;
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        return body;
    }

    @Override
    public byte[] body() {
        return body;
    }
}
