package dev.hookseal.micronaut;

import dev.hookseal.WebhookReceiver;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own limit for bodies, which comes before that of an endpoint. */
@Singleton
final class ServerLimits {
    private static final String PROPERTY = "micronaut.server.max-request-size";
    private static final Logger LOG = LoggerFactory.getLogger(ServerLimits.class);

    private final long maxBytes;

    ServerLimits(HttpServerConfiguration server) {
        this.maxBytes = server.getMaxRequestSize();
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Returns what the log says of a body that is larger. */
    String detail() {
        return "the limit is " + maxBytes + " bytes: " + PROPERTY;
    }

    /** Warns of endpoints that may have larger bodies than the server takes. */
    void warnOfLower(Collection<WebhookReceiver<?>> receivers) {
        String larger = receivers.stream()
                .filter(receiver -> receiver.maxBodyBytes() > maxBytes)
                .map(receiver ->
                        receiver.settings().property("max-body-size") + " (" + receiver.maxBodyBytes() + " bytes)")
                .collect(Collectors.joining(", "));
        if (!larger.isEmpty()) {
            LOG.warn(
                    "{} is {} bytes, and less than {}: larger deliveries are answered with 413. Raise {}, or lower the"
                            + " limit of the endpoint",
                    PROPERTY,
                    maxBytes,
                    larger,
                    PROPERTY);
        }
    }
}
