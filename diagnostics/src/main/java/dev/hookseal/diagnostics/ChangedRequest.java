package dev.hookseal.diagnostics;

import dev.hookseal.request.WebhookRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it would have been if one thing had not happened to it. */
final class ChangedRequest implements WebhookRequest {
    private final WebhookRequest original;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private ChangedRequest(WebhookRequest original, Map<String, List<String>> headers, byte[] body) {
        this.original = original;
        this.headers = headers;
        this.body = body;
    }

    static WebhookRequest withBody(WebhookRequest original, byte[] body) {
        return new ChangedRequest(original, Map.of(), body);
    }

    static WebhookRequest withHeader(WebhookRequest original, String name, String value) {
        return new ChangedRequest(original, Map.of(name, List.of(value)), original.bodyAsFarAsRead());
    }

    @Override
    public String method() {
        return original.method();
    }

    @Override
    public @Nullable String rawQuery() {
        return original.rawQuery();
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
