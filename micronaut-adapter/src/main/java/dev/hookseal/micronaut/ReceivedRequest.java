package dev.hookseal.micronaut;

import dev.hookseal.BodyBudget;
import dev.hookseal.RejectionReason;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.WebhookRejectedException;
import dev.hookseal.WebhookRequest;
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
    private final byte[] body;
    private final @Nullable Problem problem;

    /**
     * A request.
     *
     * @param body as far as it was read
     * @param problem what keeps it from being verified; null if the body was read to its end
     */
    ReceivedRequest(HttpRequest<?> request, byte[] body, @Nullable Problem problem) {
        this.request = request;
        this.body = body;
        this.problem = problem == null ? brokenBody(request) : problem;
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

    /** A request of which nothing but the head decides. */
    static ReceivedRequest withoutBody(HttpRequest<?> request) {
        return new ReceivedRequest(request, NOTHING, null);
    }

    /**
     * Returns the request if its head decides, or if it is small and there as a whole, with one copy of the body; the
     * handler can still bind the original. Returns null for any other, whose body {@link StreamedBody} reads.
     */
    static @Nullable ReceivedRequest atOnce(
            ServerHttpRequest<?> request, WebhookReceiver<?> receiver, ServerLimits server) {
        ReceivedRequest head = withoutBody(request);
        if (head.isRejectedFor(receiver.provider().signatureHeader())) {
            return head;
        }
        ByteBody body = request.byteBody();
        int maxBytes = receiver.bodyLimits().maxBytes();
        if (body.expectedLength().orElse(0) > Math.min(maxBytes, server.maxBytes())) {
            return new ReceivedRequest(
                    request, NOTHING, Problem.tooLarge(server.maxBytes() < maxBytes ? server.detail() : null));
        }
        return body instanceof AvailableByteBody whole && whole.length() <= BodyBudget.SMALL_BODY_BYTES
                ? new ReceivedRequest(request, whole.split().toByteArray(), null)
                : null;
    }

    // Nothing is read then, nor decompressed or waited for.
    private boolean isRejectedFor(String signatureHeader) {
        return !method().equals("POST")
                || isMultipart()
                || isEncoded()
                || headers(signatureHeader).isEmpty();
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
        return body;
    }

    @Override
    public byte[] bodyAsFarAsRead() {
        return body;
    }
}
