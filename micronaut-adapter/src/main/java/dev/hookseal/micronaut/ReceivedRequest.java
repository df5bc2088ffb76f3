package dev.hookseal.micronaut;

import dev.hookseal.RejectionReason;
import dev.hookseal.WebhookRejectedException;
import dev.hookseal.WebhookRequest;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A request whose body has been read to its end, or to the limit. */
final class ReceivedRequest implements WebhookRequest {
    private final HttpRequest<?> request;
    private final byte[] body;
    private final @Nullable Problem problem;

    private ReceivedRequest(HttpRequest<?> request, byte[] body, @Nullable Problem problem) {
        this.request = request;
        this.body = body;
        this.problem = problem;
    }

    private record Problem(RejectionReason reason, @Nullable String detail) {}

    /** The body is larger than the endpoint's limit; without a stack trace, since it is not shown. */
    private static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super(null, null, false, false);
        }
    }

    /** A request of which nothing but the head decides. */
    static WebhookRequest withoutBody(HttpRequest<?> request) {
        return new ReceivedRequest(request, new byte[0], null);
    }

    /** Reads a copy of the body, and no more of it than the limit; the handler can still bind the original. */
    static CompletionStage<WebhookRequest> read(ServerHttpRequest<?> request, int maxBodyBytes, ServerLimits server) {
        WebhookRequest head = withoutBody(request);
        if (!head.method().equals("POST") || head.isMultipart() || head.isEncoded()) {
            // rejected for that, so that nothing is read, and nothing decompressed
            return CompletableFuture.completedFuture(head);
        }
        ByteBody body = request.byteBody();
        if (body.expectedLength().orElse(0) > Math.min(maxBodyBytes, server.maxBytes())) {
            return CompletableFuture.completedFuture(new ReceivedRequest(
                    request, new byte[0], tooLarge(server.maxBytes() < maxBodyBytes ? server.detail() : null)));
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        // No InputStream: reading one that was split off hangs now and then.
        return Flux.from(body.split(ByteBody.SplitBackpressureMode.FASTEST).toByteArrayPublisher())
                .doOnNext(chunk -> {
                    read.write(chunk, 0, Math.min(chunk.length, maxBodyBytes + 1 - read.size()));
                    if (read.size() > maxBodyBytes) {
                        throw new TooLargeException();
                    }
                })
                .then()
                .toFuture()
                .handle((nothing, error) -> new ReceivedRequest(
                        request, read.toByteArray(), error == null ? brokenBody(request) : problem(error, server)));
    }

    private static @Nullable Problem brokenBody(HttpRequest<?> request) {
        return request.getHeaders().contains(WireNotes.BROKEN_BODY)
                ? new Problem(RejectionReason.BODY_UNREADABLE, null)
                : null;
    }

    private static Problem problem(Throwable error, ServerLimits server) {
        if (error instanceof TooLargeException) {
            return tooLarge(null);
        }
        return error instanceof ContentLengthExceededException || error instanceof BufferLengthExceededException
                ? tooLarge(server.detail(error))
                : new Problem(RejectionReason.BODY_UNREADABLE, null);
    }

    // without a detail, core names the endpoint's limit
    private static Problem tooLarge(@Nullable String detail) {
        return new Problem(RejectionReason.BODY_TOO_LARGE, detail);
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
