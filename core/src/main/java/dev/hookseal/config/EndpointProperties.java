package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values below {@code hookseal.endpoints.<name>}, as a framework reads them.
 *
 * @param values by key, {@code secrets} excluded
 * @param secrets either by event name, or a list with the keys 0, 1, ..., the newest first; a value is a text, or a
 *     Collection of texts, or again a map with the keys 0, 1, ...; an event name may be spread over levels of maps
 * @apiNote For authors of adapters.
 * @since 0.1.0
 */
public record EndpointProperties(Map<String, PropertyValue> values, Map<String, ?> secrets) {
    static final Setting<String> PROVIDER = Setting.of(
                    "provider", SettingType.TEXT, "The sender: the name of a provider, or of a `WebhookProvider` bean.")
            .otherwise("the endpoint's name");
    static final Setting<String> SECRET =
            Setting.of("secret", SettingType.SECRET, "One signing secret for every event.");
    static final Setting<String> SECRETS = Setting.of(
            "secrets", SettingType.SECRET, "Per event, one secret or a list; or a list for every event, newest first.");
    static final Setting<Boolean> ENABLED = Setting.of(
                    "enabled",
                    SettingType.TRUE_OR_FALSE,
                    "`false` switches the endpoint off: it answers 404 and needs no secret.")
            .withDefault(true);

    static final Setting<String> PATH = Setting.of(
                    "path",
                    SettingType.TEXT,
                    "Where Hookseal itself receives, for an endpoint with listeners and no controller.")
            .otherwise("a controller of the application receives");

    private static final List<Setting<?>> READ_HERE = List.of(PROVIDER, SECRET, SECRETS, ENABLED, PATH);
    // fixed segments: a pattern would receive what is meant for others
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    /** The settings that every endpoint has. A provider adds its own, see {@link WebhookProvider#settings()}. */
    public static final List<Setting<?>> OF_EVERY_ENDPOINT = Stream.<Setting<?>>concat(
                    READ_HERE.stream(), EndpointSettings.OF_EVERY_PROVIDER.stream())
            .toList();

    /** Nothing is set. */
    static final EndpointProperties NONE = new EndpointProperties(Map.of(), Map.of());

    /**
     * Returns the properties with these values, for a configuration that no framework reads.
     *
     * @param values by key: a text, or a value of the setting's type; for {@code secrets} a Map by event name or a
     *     Collection
     * @throws IllegalArgumentException if {@code secrets} is anything else
     */
    public static EndpointProperties of(Map<String, ?> values) {
        Map<String, PropertyValue> single = new LinkedHashMap<>();
        Map<String, Object> secrets = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!key.equals(SECRETS.key())) {
                single.put(key, PropertyValue.of(value));
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((event, secret) -> secrets.put(String.valueOf(event), secret));
            } else if (value instanceof Collection<?> list) {
                list.forEach(secret -> secrets.put(String.valueOf(secrets.size()), secret));
            } else {
                throw new IllegalArgumentException("secrets is a Map or a Collection");
            }
        });
        return new EndpointProperties(single, secrets);
    }

    @Nullable
    String provider(String property) {
        return value(PROVIDER, property);
    }

    boolean isEnabled(String property) {
        return Objects.requireNonNullElse(value(ENABLED, property), true);
    }

    Optional<String> path(String property) {
        String path = value(PATH, property);
        if (path != null && !PLAIN_PATH.matcher(path).matches()) {
            throw new WebhookConfigurationException(
                    property + "." + PATH.key() + " is \"" + path + "\", which is not a path",
                    "set it to one such as /webhooks/" + property.substring(property.lastIndexOf('.') + 1)
                            + ": letters, digits and . _ ~ - between slashes, without one at the end");
        }
        return Optional.ofNullable(path);
    }

    /** Returns the secret as it was read: a text, or what YAML made of an unquoted one. */
    @Nullable
    Object secret() {
        PropertyValue secret = values.get(SECRET.key());
        return secret == null ? null : secret.value();
    }

    private <T extends Comparable<T>> @Nullable T value(Setting<T> setting, String property) {
        PropertyValue value = values.get(setting.key());
        return value == null ? null : value.as(setting, property + "." + setting.key());
    }

    /**
     * Sets what is not read here.
     *
     * @param property {@code hookseal.endpoints.<name>}
     * @throws WebhookConfigurationException if a value is wrong, or neither every endpoint nor the provider has such a
     *     setting
     */
    void applyTo(EndpointSettings.Builder settings, WebhookProvider<?> provider, String property) {
        values.forEach((key, value) -> {
            if (READ_HERE.stream().noneMatch(setting -> setting.key().equals(key))) {
                String name = property + "." + key;
                set(settings, EndpointSettings.setting(key, provider, name), value, name);
            }
        });
    }

    private static <T extends Comparable<T>> void set(
            EndpointSettings.Builder settings, Setting<T> setting, PropertyValue value, String property) {
        settings.set(setting, value.as(setting, property));
    }

    /**
     * Returns the values of two spellings of one endpoint's name together.
     *
     * @param name for the message, {@code hookseal.endpoints.<name>}
     * @throws WebhookConfigurationException if both have a value for the same key, and not the same one
     */
    EndpointProperties and(EndpointProperties other, String name) {
        Map<String, PropertyValue> both = new LinkedHashMap<>(values);
        other.values.forEach((key, value) -> {
            PropertyValue mine = both.putIfAbsent(key, value);
            if (mine != null) {
                one(mine.value(), value.value(), name + "." + key);
            }
        });
        return new EndpointProperties(both, both(secrets, other.secrets, name + ".secrets"));
    }

    private static Map<String, ?> both(Map<String, ?> values, Map<String, ?> others, String property) {
        Map<String, Object> both = new LinkedHashMap<>(values);
        others.forEach((key, value) -> both.put(key, one(both.get(key), value, property + "." + key)));
        return both;
    }

    private static Object one(@Nullable Object value, Object other, String property) {
        if (value != null && !value.equals(other)) {
            throw new WebhookConfigurationException(
                    property + " is set twice, in two spellings of the endpoint's name and with different values",
                    "remove one of them");
        }
        return other;
    }

    /** Returns the keys without the values, which may be secrets. */
    @Override
    public String toString() {
        return "EndpointProperties" + values.keySet();
    }
}
