package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.PropertyValue;
import io.micronaut.core.value.PropertyCatalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is set below {@code hookseal.endpoints}. Micronaut offers each environment variable in every spelling that
 * its underscores allow ({@code formflow.replay-window}, {@code formflow-replay.window}, ...), so that a spelling
 * counts only if it ends in a known key.
 */
final class EndpointConfiguration {
    private static final String PREFIX = "hookseal.endpoints";
    private static final String SECRETS = "secrets";
    private static final Pattern ELEMENT = Pattern.compile("(.+)[.-](\\d{1,9})");

    private final KnownProperties known;
    private final String property;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Object> secrets = new LinkedHashMap<>();

    private EndpointConfiguration(KnownProperties known, String property) {
        this.known = known;
        this.property = property;
    }

    static Map<String, EndpointProperties> read(ConfiguredValues configured, KnownProperties known) {
        PropertyNames.check(configured.environment(), known);
        Map<String, EndpointProperties> endpoints = new TreeMap<>();
        for (String name : configured.environment().getPropertyEntries(PREFIX, PropertyCatalog.GENERATED)) {
            EndpointConfiguration endpoint = new EndpointConfiguration(known, PREFIX + "." + name);
            endpoint.read(configured);
            if (!endpoint.values.isEmpty() || !endpoint.secrets.isEmpty()) {
                endpoints.put(name, endpoint.properties());
            }
        }
        return endpoints;
    }

    // One by one where it is disabled, since a secret may then be a placeholder that nothing resolves.
    private void read(ConfiguredValues configured) {
        if (configured.value(property + ".enabled").filter(this::isFalse).isPresent()) {
            for (String key : known.ofAnEndpoint()) {
                if (!key.startsWith("secret")) {
                    configured.value(property + "." + key).ifPresent(value -> values.put(key, value.value()));
                }
            }
            return;
        }
        configured.below(property).forEach((key, value) -> {
            if (isKnown(key) && !(value instanceof Map)) {
                put(key, value);
            }
        });
    }

    private boolean isFalse(PropertyValue enabled) {
        return enabled.value().toString().equalsIgnoreCase("false");
    }

    // A list is offered whole, and again as secrets[0], secrets[1], ...; a map is offered by its members.
    private boolean isKnown(String key) {
        return known.ofAnEndpoint().contains(key) || (key.startsWith(SECRETS + ".") && !key.endsWith("]"));
    }

    private void put(String key, Object value) {
        if (key.startsWith(SECRETS + ".")) {
            secrets.put(key.substring(SECRETS.length() + 1), value);
        } else {
            values.put(key, value);
        }
    }

    private EndpointProperties properties() {
        Map<String, PropertyValue> all = new HashMap<>();
        values.forEach((key, value) -> {
            if (!key.equals(SECRETS)) {
                all.put(key, PropertyValue.of(value));
            }
        });
        return new EndpointProperties(all, secrets());
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
            throw known.unknown(property + "." + SECRETS);
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
