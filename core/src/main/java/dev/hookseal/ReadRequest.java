package dev.hookseal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of which it is known whether its body was read to the end; the body is held to the limit. */
final class ReadRequest implements WebhookRequest {
    private final WebhookRequest request;
    private final int maxBodyBytes;
    private boolean complete;
    private byte @Nullable [] read;

    ReadRequest(WebhookRequest request, int maxBodyBytes) {
        this.request = request;
        this.maxBodyBytes = maxBodyBytes;
    }

    boolean isComplete() {
        return complete;
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
    public boolean isMultipart() {
        return request.isMultipart();
    }

    @Override
    public boolean isEncoded() {
        return request.isEncoded();
    }

    @Override
    public byte[] body() throws WebhookRejectedException {
        try {
            byte[] body = request.body();
            complete = true;
            read = body;
            if (body.length > maxBodyBytes) {
                throw new WebhookRejectedException(RejectionReason.BODY_TOO_LARGE);
            }
            return body;
        } catch (WebhookRejectedException e) {
            read = complete ? read : e.bodyAsFarAsRead();
            throw e;
        }
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        return read == null ? request.bodyAsFarAsRead() : read;
    }
}
