package dev.hookseal.micronaut;

import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.MediaTypeProvider;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.server.RouteExecutor;
import io.micronaut.http.server.types.files.FileCustomizableResponseType;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Encodes what a handler answers before the delivery counts as handled. Micronaut encodes behind all filters, and answers
 * 500 where it cannot. The bytes are those that Micronaut would have written: a writer is chosen as in its
 * {@code ResponseLifecycle}.
 */
@Singleton
final class ResponseEncoder {
    private final MessageBodyHandlerRegistry writers;
    private final Provider<RouteExecutor> routes;
    private final ExecutorService blocking;
    private final ByteBodyFactory bodies = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);

    ResponseEncoder(
            MessageBodyHandlerRegistry writers,
            Provider<RouteExecutor> routes,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.writers = writers;
        this.routes = routes;
        this.blocking = blocking;
    }

    /** Returns whether {@link #encode} has something to do. */
    static boolean encodes(MutableHttpResponse<?> response) {
        Object body = response.body();
        return body != null && !isWrittenAsItIs(body);
    }

    /**
     * Puts bytes in the place of the body, unless it is written as it is, such as a text or a file. It blocks.
     *
     * @param response one whose body is not a stream
     */
    @SuppressWarnings("unchecked")
    void encode(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Object body = response.body();
        if (body == null || isWrittenAsItIs(body)) {
            return;
        }
        RouteInfo<?> route = RouteAttributes.getRouteInfo(response).orElse(null);
        MediaType mediaType = response.getContentType().orElseGet(() -> defaultMediaType(request, route, body));
        MessageBodyWriter<?> writer = response.getBodyWriter().orElse(null);
        if (writer == null && route != null) {
            writer = writers.findWriter(route.getResponseBodyType(), List.of(mediaType))
                    .orElse(null);
        }
        Writing writing = writing(route, writer, mediaType, body);
        ByteBody bytes = ResponseBodyWriter.wrap(writing.writer)
                .write(bodies, request, (MutableHttpResponse<Object>) response, writing.type, mediaType, body)
                .byteBody();
        response.body(buffer(bytes.buffer().join()));
    }

    private MediaType defaultMediaType(HttpRequest<?> request, @Nullable RouteInfo<?> route, Object body) {
        if (body instanceof MediaTypeProvider provider) {
            return provider.getMediaType();
        }
        return route == null
                ? MediaType.APPLICATION_JSON_TYPE
                : routes.get().resolveDefaultResponseContentType(request, route);
    }

    /**
     * Gives bytes in the place of an element of a stream, unless it is written as it is; an error where it cannot be
     * encoded.
     */
    Mono<Object> encoded(HttpRequest<?> request, MutableHttpResponse<?> response, Object element) {
        if (isWrittenAsItIs(element)) {
            return Mono.just(element);
        }
        RouteInfo<?> route = RouteAttributes.getRouteInfo(response).orElse(null);
        MediaType mediaType = response.getContentType()
                .orElseGet(() -> route == null
                        ? MediaType.ALL_TYPE
                        : routes.get().resolveDefaultResponseContentType(request, route));
        Writing writing = writing(route, route == null ? null : route.getMessageBodyWriter(), mediaType, element);
        Mono<Object> bytes = Mono.defer(() -> Mono.fromFuture(ResponseBodyWriter.wrap(writing.writer)
                        .writePiece(bodies, request, response, writing.type, mediaType, element)
                        .buffer())
                .map(ResponseEncoder::buffer));
        return writing.writer.isBlocking() ? bytes.subscribeOn(Schedulers.fromExecutor(blocking)) : bytes;
    }

    private static boolean isWrittenAsItIs(Object body) {
        return body instanceof CharSequence
                || body instanceof byte[]
                || body instanceof ByteBuffer<?>
                || body instanceof ReferenceCounted
                || body instanceof InputStream
                || body instanceof File
                || body instanceof FileCustomizableResponseType;
    }

    // A buffer, and not an array, which a route that is declared to return a Serializable would write as JSON.
    private static ByteBuffer<?> buffer(AvailableByteBody bytes) {
        return ByteArrayBufferFactory.INSTANCE.wrap(bytes.toByteArray());
    }

    private record Writing(MessageBodyWriter<Object> writer, Argument<Object> type) {}

    @SuppressWarnings("unchecked")
    private Writing writing(
            @Nullable RouteInfo<?> route, @Nullable MessageBodyWriter<?> writer, MediaType mediaType, Object value) {
        if (route != null && writer != null && route.getResponseBodyType().isInstance(value)) {
            Writing declared =
                    new Writing((MessageBodyWriter<Object>) writer, (Argument<Object>) route.getResponseBodyType());
            if (declared.writer.isWriteable(declared.type, mediaType)) {
                return declared;
            }
        }
        Argument<Object> type = Argument.ofInstance(value);
        return new Writing(writers.getWriter(type, List.of(mediaType)), type);
    }
}
