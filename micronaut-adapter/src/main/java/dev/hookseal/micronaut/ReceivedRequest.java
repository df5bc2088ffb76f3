package dev.hookseal.micronaut;

import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read as far as it is needed. */
final class ReceivedRequest implements WebhookRequest {
    private static final byte[] NOTHING = {};

    private final HttpRequest<?> request;
    private final @Nullable AvailableByteBody whole;
    private final @Nullable Problem problem;
    private byte @Nullable [] body;

    private ReceivedRequest(
            HttpRequest<?> request,
            @Nullable AvailableByteBody whole,
            byte @Nullable [] body,
            @Nullable Problem problem) {
        this.request = request;
        this.whole = whole;
        this.body = body;
        this.problem = problem == null ? brokenBody(request) : problem;
    }

    /**
     * Returns a request whose body was read.
     *
     * @param body as far as it was read
     * @param problem what keeps it from being verified; null if the body was read to its end
     */
    static ReceivedRequest read(HttpRequest<?> request, byte[] body, @Nullable Problem problem) {
        return new ReceivedRequest(request, null, body, problem);
    }

    /** Why a body was not read, or not to its end. */
    record Problem(RejectionReason reason, @Nullable String detail) {

        // without a detail, core names the endpoint's limit
        static Problem tooLarge(@Nullable String detail) {
            return new Problem(RejectionReason.BODY_TOO_LARGE, detail);
        }
    }

    private static @Nullable Problem brokenBody(HttpRequest<?> request) {
        return request.getHeaders().contains(WireNotes.BROKEN_BODY)
                ? new Problem(RejectionReason.BODY_UNREADABLE, null)
                : null;
    }

    /** Returns a request of which nothing but the head decides. */
    static ReceivedRequest withoutBody(HttpRequest<?> request) {
        return read(request, NOTHING, null);
    }

    /**
     * Returns the request if its body need not be waited for: its head decides, or the body is small and there as a
     * whole, and is copied once if it is needed; the handler can still bind the original. Returns null for any other,
     * whose body {@link StreamedBody} reads.
     */
    static @Nullable ReceivedRequest atOnce(
            ServerHttpRequest<?> request, WebhookReceiver<?> receiver, ServerLimits server) {
        ByteBody body = request.byteBody();
        int maxBytes = receiver.bodyLimits().maxBytes();
        if (body.expectedLength().orElse(0) > Math.min(maxBytes, server.maxBytes())) {
            return read(request, NOTHING, Problem.tooLarge(server.maxBytes() < maxBytes ? server.detail() : null));
        }
        if (body instanceof AvailableByteBody whole && whole.length() <= BodyBudget.SMALL_BODY_BYTES) {
            return new ReceivedRequest(request, whole, null, null);
        }
        ReceivedRequest head = withoutBody(request);
        return receiver.isDecidedByHead(head) ? head : null;
    }

    /** Returns whether it takes long to verify it. */
    boolean isLarge() {
        return bodyAsFarAsRead().length > BodyBudget.SMALL_BODY_BYTES;
    }

    @Override
    public String method() {
        return request.getMethodName();
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = request.getHeaders().getAll(name);
        return values.isEmpty() && name.equalsIgnoreCase(HttpHeaders.CONTENT_ENCODING)
                ? request.getHeaders().getAll(WireNotes.CONTENT_ENCODING)
                : values;
    }

    @Override
    public @Nullable String rawQuery() {
        return request.getUri().getRawQuery();
    }

    @Override
    public boolean isEncoded() {
        return !headers(HttpHeaders.CONTENT_ENCODING).isEmpty() && WebhookRequest.super.isEncoded();
    }

    @Override
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : request.getHeaders().names()) {
            all.put(name, headers(name));
        }
        all.remove(WireNotes.BROKEN_BODY);
        List<String> encodings = all.remove(WireNotes.CONTENT_ENCODING);
        if (encodings != null) {
            all.putIfAbsent(HttpHeaders.CONTENT_ENCODING, encodings);
        }
        return all;
    }

    @Override
    public byte[] body() throws WebhookRejectedException {
        if (problem != null) {
            throw new WebhookRejectedException(problem.reason, null, problem.detail);
        }
        if (body == null) {
            body = whole == null ? NOTHING : whole.split().toByteArray();
        }
        return body;
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        return body == null ? NOTHING : body;
    }
}
