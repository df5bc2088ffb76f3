package dev.hookseal.micronaut;

import dev.hookseal.receive.WebhookReceiver;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own limits for bodies, which come before that of an endpoint. */
@Singleton
final class ServerLimits {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLimits.class);

    private final Limit size;
    private final Limit buffer;

    private record Limit(String property, long bytes) {
        @Override
        public String toString() {
            return property + " (" + bytes + " bytes)";
        }
    }

    ServerLimits(HttpServerConfiguration server) {
        this.size = new Limit("micronaut.server.max-request-size", server.getMaxRequestSize());
        this.buffer = new Limit("micronaut.server.max-request-buffer-size", server.getMaxRequestBufferSize());
    }

    /** Returns how large a body may be that says its length. */
    long maxBytes() {
        return size.bytes;
    }

    /** Returns what the log says of a body that says its length, and is larger. */
    String detail() {
        return detail(size);
    }

    /** Returns how large a body may be that a handler binds as a whole. */
    long maxBufferBytes() {
        return buffer.bytes;
    }

    /** Returns what the log says of a body that is larger than that. */
    String bufferDetail() {
        return detail(buffer);
    }

    /** Returns what the log says of a body at which the server stopped. */
    String detail(Throwable error) {
        return detail(error instanceof BufferLengthExceededException ? buffer : size);
    }

    private static String detail(Limit limit) {
        return "the limit is " + limit.bytes + " bytes: " + limit.property;
    }

    /** Warns of endpoints that may have larger bodies than the server takes. */
    void warnOfLower(Collection<WebhookReceiver<?>> receivers) {
        String endpoints = receivers.stream()
                .filter(receiver -> receiver.bodyLimits().maxBytes() > Math.min(size.bytes, buffer.bytes))
                .map(receiver -> new Limit(
                        receiver.settings().property("max-body-size"),
                        receiver.bodyLimits().maxBytes()))
                .map(Limit::toString)
                .collect(Collectors.joining(", "));
        if (!endpoints.isEmpty()) {
            int largest = receivers.stream()
                    .mapToInt(receiver -> receiver.bodyLimits().maxBytes())
                    .max()
                    .orElseThrow();
            LOG.warn(
                    "{} is more than Micronaut takes: larger deliveries than {} are answered with 413. Raise that, or"
                            + " lower the limit of the endpoint",
                    endpoints,
                    Stream.of(size, buffer)
                            .filter(limit -> limit.bytes < largest)
                            .map(Limit::toString)
                            .collect(Collectors.joining(" and ")));
        }
    }
}
