package dev.hookseal.testkit;

import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose target has a query, which a provider that signs the URL signs too. */
record RequestWithQuery(WebhookRequest request, String rawQuery) implements WebhookRequest {

    static WebhookRequest of(WebhookRequest request, @Nullable String rawQuery) {
        return rawQuery == null ? request : new RequestWithQuery(request, rawQuery);
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        return request.bodyAsFarAsRead();
    }

    @Override
    public byte[] body() throws WebhookRejectedException {
        return request.body();
    }
}
