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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A request whose body has been read to its end, or to the limit. */
final class ReceivedRequest implements WebhookRequest {
    private final HttpRequest<?> request;
    private final byte[] body;
    private final @Nullable RejectionReason problem;

    private ReceivedRequest(HttpRequest<?> request, byte[] body, @Nullable RejectionReason problem) {
        this.request = request;
        this.body = body;
        this.problem = problem;
    }

    /** A request of which nothing but the head decides. */
    static WebhookRequest withoutBody(HttpRequest<?> request) {
        return new ReceivedRequest(request, new byte[0], null);
    }

    /** Reads a copy of the body, and no more of it than the limit; the handler can still bind the original. */
    static CompletionStage<WebhookRequest> read(ServerHttpRequest<?> request, int maxBodyBytes) {
        WebhookRequest head = withoutBody(request);
        if (!head.method().equals("POST") || head.isMultipart() || head.isEncoded()) {
            // rejected for that, so that nothing is read, and nothing decompressed
            return CompletableFuture.completedFuture(head);
        }
        ByteBody body = request.byteBody();
        if (body.expectedLength().orElse(0) > maxBodyBytes) {
            return CompletableFuture.completedFuture(
                    new ReceivedRequest(request, new byte[0], RejectionReason.BODY_TOO_LARGE));
        }
        // No InputStream: reading one that was split off hangs now and then.
        return Flux.from(body.split(ByteBody.SplitBackpressureMode.FASTEST).toByteArrayPublisher())
                .collect(ByteArrayOutputStream::new, (bytes, chunk) -> {
                    if (chunk.length > maxBodyBytes - bytes.size()) {
                        throw new ContentLengthExceededException(maxBodyBytes, (long) bytes.size() + chunk.length);
                    }
                    bytes.writeBytes(chunk);
                })
                .toFuture()
                .handle((bytes, error) -> {
                    RejectionReason problem = error == null ? brokenBody(request) : problem(error);
                    return new ReceivedRequest(request, problem == null ? bytes.toByteArray() : new byte[0], problem);
                });
    }

    private static @Nullable RejectionReason brokenBody(HttpRequest<?> request) {
        return request.getHeaders().contains(WireNotes.BROKEN_BODY) ? RejectionReason.BODY_UNREADABLE : null;
    }

    private static RejectionReason problem(Throwable error) {
        return error instanceof ContentLengthExceededException || error instanceof BufferLengthExceededException
                ? RejectionReason.BODY_TOO_LARGE
                : RejectionReason.BODY_UNREADABLE;
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
    public byte[] body() throws WebhookRejectedException {
        if (problem != null) {
            throw new WebhookRejectedException(problem);
        }
        return body;
    }
}
