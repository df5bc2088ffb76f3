package dev.hookseal.cli;

import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request with the query of its target, which a handshake or a signature may be about. */
record ReceivedRequest(WebhookRequest request, @Nullable String rawQuery) implements WebhookRequest {

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
