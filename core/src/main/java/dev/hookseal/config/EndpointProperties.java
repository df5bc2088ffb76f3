package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values below {@code hookseal.endpoints.<name>}, as a framework binds them; null or empty where not set.
 *
 * @param provider the provider's name; the endpoint's own name if null
 * @param secret one secret for every event, as it was read: a text, or what YAML made of an unquoted one
 * @param secrets either by event name, or a list with the keys 0, 1, ..., the newest first; a value is a text, or a
 *     Collection of texts, or again a map with the keys 0, 1, ...; an event name may be spread over levels of maps
 * @param maxBodyBytes the largest body in bytes
 * @param tolerance see {@link dev.hookseal.provider.EndpointSettings#tolerance()}
 * @param replayWindow see {@link dev.hookseal.provider.EndpointSettings#replayWindow()}
 * @param repeatWindow see {@link dev.hookseal.provider.EndpointSettings#repeatWindow()}
 * @param lease how long a handler may take
 */
public record EndpointProperties(
        @Nullable String provider,
        @Nullable Object secret,
        Map<String, ?> secrets,
        @Nullable Long maxBodyBytes,
        @Nullable Duration tolerance,
        @Nullable Duration replayWindow,
        @Nullable Duration repeatWindow,
        @Nullable Duration lease) {

    /** Nothing is set. */
    static final EndpointProperties NONE = new EndpointProperties(null, null, Map.of(), null, null, null, null, null);

    /**
     * Returns the values of two spellings of one endpoint's name together.
     *
     * @param name for the message, {@code hookseal.endpoints.<name>}
     * @throws WebhookConfigurationException if both have a value for the same key, and not the same one
     */
    EndpointProperties and(EndpointProperties other, String name) {
        return new EndpointProperties(
                one(provider, other.provider, name + ".provider"),
                one(secret, other.secret, name + ".secret"),
                both(secrets, other.secrets, name + ".secrets"),
                one(maxBodyBytes, other.maxBodyBytes, name + ".max-body-size"),
                one(tolerance, other.tolerance, name + ".tolerance"),
                one(replayWindow, other.replayWindow, name + ".replay-window"),
                one(repeatWindow, other.repeatWindow, name + ".repeat-window"),
                one(lease, other.lease, name + ".lease"));
    }

    private static <T> @Nullable T one(@Nullable T value, @Nullable T other, String property) {
        if (value != null && other != null && !value.equals(other)) {
            throw new WebhookConfigurationException(
                    property + " is set twice, in two spellings of the endpoint's name and with different values",
                    "remove one of them");
        }
        return value == null ? other : value;
    }

    private static Map<String, ?> both(Map<String, ?> values, Map<String, ?> others, String property) {
        Map<String, Object> both = new LinkedHashMap<>(values);
        others.forEach((key, value) -> both.put(key, one(both.get(key), value, property + "." + key)));
        return both;
    }

    @Override
    public String toString() {
        return "EndpointProperties[provider=" + provider + "]";
    }
}
