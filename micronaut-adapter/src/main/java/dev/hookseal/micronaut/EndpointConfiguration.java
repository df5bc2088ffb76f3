package dev.hookseal.micronaut;

import dev.hookseal.adapter.EndpointProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.format.ReadableBytesTypeConverter;
import io.micronaut.core.type.Argument;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands below {@code hookseal.endpoints}. Micronaut offers each environment variable in every spelling that
 * its underscores may stand for ({@code formflow.replay-window}, {@code formflow-replay.window}, ...), so that a
 * spelling counts only if it ends in a known key.
 */
final class EndpointConfiguration {
    private static final String PREFIX = "hookseal.endpoints";
    static final String SECRETS = "secrets";
    private static final Set<String> KEYS =
            Set.of("provider", "secret", "max-body-size", "tolerance", "replay-window", "repeat-window", "lease");
    private static final Pattern ELEMENT = Pattern.compile("(.+)[.-](\\d{1,9})");

    private final ConversionService conversions;
    private final String property;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Object> secrets = new LinkedHashMap<>();

    private EndpointConfiguration(ConversionService conversions, String property) {
        this.conversions = conversions;
        this.property = property;
    }

    static Map<String, EndpointProperties> read(Environment environment, ConversionService conversions) {
        PropertyNames.check(environment, KEYS);
        Map<String, EndpointConfiguration> endpoints = new TreeMap<>();
        environment.getProperties(PREFIX).forEach((path, value) -> {
            int dot = path.indexOf('.');
            String key = path.substring(dot + 1);
            if (dot > 0 && isKnown(key) && !(value instanceof Map)) {
                String name = path.substring(0, dot);
                endpoints
                        .computeIfAbsent(name, n -> new EndpointConfiguration(conversions, PREFIX + "." + n))
                        .put(key, value);
            }
        });
        Map<String, EndpointProperties> properties = new LinkedHashMap<>();
        endpoints.forEach((name, endpoint) -> properties.put(name, endpoint.properties()));
        return properties;
    }

    // A list is offered whole, and again as secrets[0], secrets[1], ...; a map is offered by its members.
    private static boolean isKnown(String key) {
        return KEYS.contains(key) || key.equals(SECRETS) || (key.startsWith(SECRETS + ".") && !key.endsWith("]"));
    }

    private void put(String key, Object value) {
        if (key.startsWith(SECRETS + ".")) {
            secrets.put(key.substring(SECRETS.length() + 1), value);
        } else {
            values.put(key, value);
        }
    }

    private EndpointProperties properties() {
        return new EndpointProperties(
                value("provider", String.class),
                value("secret", String.class),
                secrets(),
                bytes("max-body-size"),
                value("tolerance", Duration.class),
                value("replay-window", Duration.class),
                value("repeat-window", Duration.class),
                value("lease", Duration.class));
    }

    private Map<String, Object> secrets() {
        Map<String, Object> result = new LinkedHashMap<>();
        Object whole = values.get(SECRETS);
        if (whole != null) {
            int index = 0;
            for (Object secret : whole instanceof Iterable<?> list ? list : List.of(whole)) {
                result.put(String.valueOf(index++), secret);
            }
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
                throw new IllegalArgumentException(property + "." + SECRETS + "." + event
                        + " is set both whole and by its elements: remove one of them");
            }
        });
        return result;
    }

    private <T> @Nullable T value(String key, Class<T> type) {
        Object value = values.get(key);
        return value == null ? null : conversions.convertRequired(value, Argument.of(type, property + "." + key));
    }

    private @Nullable Long bytes(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        return new ReadableBytesTypeConverter()
                .convert(value.toString(), Number.class, ConversionContext.of(Number.class))
                .map(Number::longValue)
                .orElseThrow(() -> new IllegalArgumentException(
                        property + "." + key + " is a number of bytes, or one of KB, MB or GB; it is " + value));
    }
}
