package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.KnownProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is set below {@code hookseal.endpoints}. Micronaut offers each environment variable in every spelling that
 * its underscores may stand for ({@code formflow.replay-window}, {@code formflow-replay.window}, ...), so that a
 * spelling counts only if it ends in a known key.
 */
final class EndpointConfiguration {
    private static final String PREFIX = "hookseal.endpoints";
    private static final String SECRETS = "secrets";
    private static final Pattern ELEMENT = Pattern.compile("(.+)[.-](\\d{1,9})");

    private final ConfiguredValues configured;
    private final String property;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Object> secrets = new LinkedHashMap<>();

    private EndpointConfiguration(ConfiguredValues configured, String property) {
        this.configured = configured;
        this.property = property;
    }

    static Map<String, EndpointProperties> read(ConfiguredValues configured) {
        PropertyNames.check(configured.environment());
        Map<String, EndpointConfiguration> endpoints = new TreeMap<>();
        configured.below(PREFIX).forEach((path, value) -> {
            int dot = path.indexOf('.');
            String key = path.substring(dot + 1);
            if (dot > 0 && isKnown(key) && !(value instanceof Map)) {
                String name = path.substring(0, dot);
                endpoints
                        .computeIfAbsent(name, n -> new EndpointConfiguration(configured, PREFIX + "." + n))
                        .put(key, value);
            }
        });
        Map<String, EndpointProperties> properties = new LinkedHashMap<>();
        endpoints.forEach((name, endpoint) -> properties.put(name, endpoint.properties()));
        return properties;
    }

    // A list is offered whole, and again as secrets[0], secrets[1], ...; a map is offered by its members.
    private static boolean isKnown(String key) {
        return KnownProperties.OF_AN_ENDPOINT.contains(key) || (key.startsWith(SECRETS + ".") && !key.endsWith("]"));
    }

    private void put(String key, Object value) {
        if (key.startsWith(SECRETS + ".")) {
            secrets.put(key.substring(SECRETS.length() + 1), value);
        } else {
            values.put(key, value);
        }
    }

    private EndpointProperties properties() {
        Object bytes = values.get("max-body-size");
        return new EndpointProperties(
                values.get("provider") == null ? null : values.get("provider").toString(),
                values.get("secret"),
                secrets(),
                bytes == null ? null : configured.bytes(property + ".max-body-size", bytes),
                time("tolerance"),
                time("replay-window"),
                time("repeat-window"),
                time("lease"));
    }

    private @Nullable Duration time(String key) {
        Object value = values.get(key);
        return value == null ? null : configured.time(property + "." + key, value);
    }

    private Map<String, Object> secrets() {
        Map<String, Object> result = new LinkedHashMap<>();
        Object whole = values.get(SECRETS);
        if (whole instanceof Iterable<?> list) {
            int index = 0;
            for (Object secret : list) {
                result.put(String.valueOf(index++), secret);
            }
        } else if (whole != null) {
            throw KnownProperties.unknown(property + "." + SECRETS);
        }
        Map<String, Map<String, Object>> lists = new LinkedHashMap<>();
        secrets.forEach((path, value) -> {
            Matcher element = ELEMENT.matcher(path);
            if (!element.matches() || !secrets.containsKey(element.replaceFirst("$1.$2"))) {
                result.put(path, value);
            } else if (path.charAt(element.end(1)) == '.') {
                lists.computeIfAbsent(element.group(1), event -> new TreeMap<>())
                        .put(element.group(2), value);
            }
        });
        lists.forEach((event, list) -> {
            if (result.put(event, list) != null) {
                throw new WebhookConfigurationException(
                        property + "." + SECRETS + "." + event + " is set both whole and by its elements",
                        "remove one of them");
            }
        });
        return result;
    }
}
