package dev.hookseal.adapter;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values below {@code hookseal.endpoints.<name>}, as a framework binds them; null or empty where not set.
 *
 * @param provider the provider's name; the endpoint's own name if null
 * @param secret one secret for every event
 * @param secrets either by event name, or a list with the keys 0, 1, ..., the newest first; a value is a text, or a
 *     Collection of texts, or again a map with the keys 0, 1, ...; an event name may be spread over levels of maps
 * @param maxBodyBytes the largest body in bytes
 * @param tolerance see {@link dev.hookseal.EndpointSettings#tolerance()}
 * @param replayWindow see {@link dev.hookseal.EndpointSettings#replayWindow()}
 * @param repeatWindow see {@link dev.hookseal.EndpointSettings#repeatWindow()}
 * @param lease how long a handler may take
 */
public record EndpointProperties(
        @Nullable String provider,
        @Nullable String secret,
        Map<String, ?> secrets,
        @Nullable Long maxBodyBytes,
        @Nullable Duration tolerance,
        @Nullable Duration replayWindow,
        @Nullable Duration repeatWindow,
        @Nullable Duration lease) {

    /** Nothing is set. */
    static final EndpointProperties NONE = new EndpointProperties(null, null, Map.of(), null, null, null, null, null);

    @Override
    public String toString() {
        return "EndpointProperties[provider=" + provider + "]";
    }
}
