package dev.hookseal.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Spring Boot's metadata of the settings that core and its providers declare. */
final class ConfigurationMetadata {
    // those that every application has; tests have more of them
    private static final List<WebhookProvider<?>> PROVIDERS = WebhookProviders.load().stream()
            .filter(provider -> jar(provider.getClass()).equals(jar(WebhookProvider.class)))
            .toList();
    private static final String ENDPOINTS = "hookseal.endpoints";

    private final List<Map<String, Object>> properties = new ArrayList<>();
    private final List<Map<String, Object>> hints = new ArrayList<>();

    private ConfigurationMetadata() {}

    private static URL jar(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private record File(List<Map<String, Object>> properties, List<Map<String, Object>> hints) {}

    static String json() throws IOException {
        ConfigurationMetadata metadata = new ConfigurationMetadata();
        metadata.add(ENDPOINTS, "java.util.Map<java.lang.String,java.lang.Object>", "Endpoints by name.", null);
        PROVIDERS.forEach(metadata::add);
        metadata.hint(
                ENDPOINTS + ".keys",
                PROVIDERS.stream().map(WebhookProvider::name).toList());
        GlobalProperties.OF_CORE.forEach(setting -> metadata.add(setting.key(), setting));
        return new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(new File(metadata.properties, metadata.hints))
                + "\n";
    }

    private void add(WebhookProvider<?> provider) {
        String endpoint = ENDPOINTS + "." + provider.name() + ".";
        for (Setting<?> setting : EndpointProperties.OF_EVERY_ENDPOINT) {
            if (setting.equals(EndpointSettings.MAX_BODY_SIZE)) {
                add(endpoint + setting.key(), EndpointSettings.MAX_BODY_SIZE.withDefault((long)
                        provider.defaultMaxBodyBytes()));
            } else if (setting.key().equals("secrets")) {
                add(
                        endpoint + setting.key(),
                        provider.hasSecretPerEvent()
                                ? "java.util.Map<java.lang.String,java.lang.Object>"
                                : "java.util.List<java.lang.String>",
                        setting.text(),
                        null);
            } else {
                add(endpoint + setting.key(), setting);
            }
        }
        provider.settings().forEach(setting -> add(endpoint + setting.key(), setting));
        if (provider.hasSecretPerEvent()) {
            hint(endpoint + "secrets.keys", new TreeSet<>(provider.eventNames()));
        }
    }

    private <T extends Comparable<T>> void add(String name, Setting<T> setting) {
        T value = setting.defaultValue();
        String otherwise = setting.otherwise();
        List<String> choices = setting.type().choices();
        if (!choices.isEmpty()) {
            hint(name, choices);
        }
        add(
                name,
                typeName(setting.type()),
                setting.text() + (otherwise.isEmpty() ? "" : " Default: " + otherwise + "."),
                value instanceof Integer || value instanceof Boolean || value == null
                        ? value
                        : setting.type().format(value));
    }

    private static String typeName(SettingType<?> type) {
        if (type.equals(SettingType.SIZE)) {
            return "org.springframework.util.unit.DataSize";
        }
        return type.choices().isEmpty() ? type.valueClass().getName() : String.class.getName();
    }

    private void add(String name, String type, String text, @Nullable Object defaultValue) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", type);
        property.put("description", text.replace("`", ""));
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        properties.add(property);
    }

    private void hint(String name, Iterable<String> values) {
        List<Map<String, String>> all = new ArrayList<>();
        values.forEach(value -> all.add(Map.of("value", value)));
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", name);
        hint.put("values", all);
        hint.put("providers", List.of(Map.of("name", "any")));
        hints.add(hint);
    }
}
