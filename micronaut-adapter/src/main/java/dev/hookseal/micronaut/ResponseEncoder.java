package dev.hookseal.micronaut;

import io.micronaut.core.io.Writable;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.http.server.RouteExecutor;
import io.micronaut.http.server.types.files.FileCustomizableResponseType;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what a handler answers before the delivery counts as handled. Micronaut encodes behind all filters, and answers
 * 500 where it cannot.
 */
@Singleton
final class ResponseEncoder {
    private final MessageBodyHandlerRegistry writers;
    private final Provider<RouteExecutor> routes;

    ResponseEncoder(MessageBodyHandlerRegistry writers, Provider<RouteExecutor> routes) {
        this.writers = writers;
        this.routes = routes;
    }

    /** Puts bytes in the place of the body, unless it is written as it is, such as a text or a file. */
    void encode(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Object body = response.body();
        if (body == null || isWrittenAsItIs(body)) {
            return;
        }
        RouteInfo<?> route = RouteAttributes.getRouteInfo(response).orElse(null);
        MediaType mediaType = response.getContentType()
                .orElseGet(() -> route == null
                        ? MediaType.APPLICATION_JSON_TYPE
                        : routes.get().resolveDefaultResponseContentType(request, route));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(type(route, body), mediaType, body, response, bytes);
        if (response.getContentType().isEmpty()) {
            response.contentType(mediaType);
        }
        response.body(bytes.toByteArray());
    }

    private static boolean isWrittenAsItIs(Object body) {
        return body instanceof CharSequence
                || body instanceof byte[]
                || body instanceof ByteBuffer<?>
                || body instanceof ReferenceCounted
                || body instanceof InputStream
                || body instanceof File
                || body instanceof Writable
                || body instanceof FileCustomizableResponseType;
    }

    // The declared type says more than the class, such as the elements of a list.
    @SuppressWarnings("unchecked")
    private static Argument<Object> type(@Nullable RouteInfo<?> route, Object body) {
        Argument<?> declared = route == null ? Argument.OBJECT_ARGUMENT : route.getResponseBodyType();
        return (Argument<Object>)
                (declared.getType() != Object.class && declared.isInstance(body)
                        ? declared
                        : Argument.ofInstance(body));
    }

    private void write(
            Argument<Object> type,
            MediaType mediaType,
            Object body,
            MutableHttpResponse<?> response,
            ByteArrayOutputStream bytes) {
        MessageBodyWriter<Object> writer = writers.getWriter(type, List.of(mediaType));
        writer.writeTo(type, mediaType, body, response.getHeaders(), bytes);
    }
}
