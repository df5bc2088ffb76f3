package dev.hookseal.receive;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of which it is known whether its body was read to the end; the body is held to the limit. */
final class ReadRequest implements WebhookRequest {
    private final WebhookRequest request;
    private final int maxBodyBytes;
    private byte @Nullable [] read;
    private @Nullable WebhookRejectedException rejection;

    ReadRequest(WebhookRequest request, int maxBodyBytes) {
        this.request = request;
        this.maxBodyBytes = maxBodyBytes;
    }

    boolean isComplete() {
        return read != null;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public @Nullable String rawQuery() {
        return request.rawQuery();
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
    public boolean isMultipart() {
        return request.isMultipart();
    }

    @Override
    public boolean isEncoded() {
        return request.isEncoded();
    }

    @Override
    public byte[] body() throws WebhookRejectedException {
        byte[] body;
        try {
            body = request.body();
        } catch (WebhookRejectedException e) {
            rejection = e;
            throw e;
        }
        read = body;
        if (body.length > maxBodyBytes) {
            throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
        }
        return body;
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        if (read != null) {
            return read;
        }
        byte[] part = rejection == null ? null : rejection.bodyAsFarAsRead();
        return part == null ? request.bodyAsFarAsRead() : part;
    }
}
