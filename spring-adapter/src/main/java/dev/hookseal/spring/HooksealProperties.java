package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.GlobalProperties;
import dev.hookseal.config.KnownProperties;
import dev.hookseal.config.PropertyValue;
import dev.hookseal.provider.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Reads what an application configures below {@code hookseal}, with Boot's relaxed names. The keys and what their values
 * mean are core's.
 */
final class HooksealProperties {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("hookseal");
    private static final ConfigurationPropertyName ENDPOINTS = ROOT.append("endpoints");
    private static final String SECRETS = "secrets";
    private static final Pattern DEFAULT = Pattern.compile("(?<=\\$\\{[^:}]{0,200}):.*}");

    private final Environment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    HooksealProperties(Environment environment) {
        this.environment = environment;
        ConfigurationPropertySources.get(environment).forEach(sources::add);
    }

    /** Returns what no endpoint has. */
    GlobalProperties global() {
        Map<String, PropertyValue> values = new HashMap<>();
        for (Setting<?> setting : GlobalProperties.settings()) {
            PropertyValue value = value(ConfigurationPropertyName.of(setting.key()));
            if (value != null) {
                values.put(setting.key(), value);
            }
        }
        return new GlobalProperties(values);
    }

    /**
     * Returns the endpoints by name, as the configuration spells it.
     *
     * @throws WebhookConfigurationException if anything is set below {@code hookseal} that is not a property
     */
    Map<String, EndpointProperties> endpoints(KnownProperties known) {
        Map<String, ConfigurationPropertyName> names = endpointNames();
        rejectUnknown(known, names);
        Map<String, EndpointProperties> endpoints = new LinkedHashMap<>();
        names.forEach((spelling, name) -> {
            EndpointProperties endpoint = endpoint(name, known);
            if (!endpoint.values().isEmpty() || !endpoint.secrets().isEmpty()) {
                endpoints.put(spelling, endpoint);
            }
        });
        return endpoints;
    }

    private EndpointProperties endpoint(ConfigurationPropertyName name, KnownProperties known) {
        Map<String, PropertyValue> values = new HashMap<>();
        for (String key : known.ofAnEndpoint()) {
            PropertyValue value = value(name.append(key));
            if (value != null) {
                values.put(key, value);
            }
        }
        // The values are of type Object: a text is not taken apart at its commas, and what YAML took for a number is
        // still one, so that core can warn.
        Map<String, Object> secrets = Binder.get(environment)
                .bind(name.append(SECRETS), Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of);
        return new EndpointProperties(values, secrets);
    }

    private Map<String, ConfigurationPropertyName> endpointNames() {
        Map<String, ConfigurationPropertyName> names = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : sources) {
            for (ConfigurationPropertyName name : namesIn(source)) {
                if (ENDPOINTS.isAncestorOf(name) && !ENDPOINTS.isParentOf(name)) {
                    names.putIfAbsent(name.getElement(2, Form.ORIGINAL), name.chop(3));
                }
            }
        }
        return names;
    }

    private static List<ConfigurationPropertyName> namesIn(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource names
                ? names.stream().filter(ROOT::isAncestorOf).toList()
                : List.of();
    }

    private @Nullable PropertyValue value(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : sources) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                Object value = property.getValue();
                return new PropertyValue(
                        value instanceof String text ? environment.resolvePlaceholders(text) : value,
                        shown(property),
                        origin(property));
            }
        }
        return null;
    }

    // As it is written, and never the value of a placeholder.
    private static String shown(ConfigurationProperty property) {
        return property.getName().toString().contains("secret")
                ? ""
                : DEFAULT.matcher(String.valueOf(property.getValue())).replaceAll("}");
    }

    private static String origin(ConfigurationProperty property) {
        Origin origin = property.getOrigin();
        return origin == null ? "" : origin.toString();
    }

    // Boot would do that for a class that it binds, and show the values, which may be secrets.
    private void rejectUnknown(KnownProperties known, Map<String, ConfigurationPropertyName> endpoints) {
        Set<ConfigurationPropertyName> names = new HashSet<>();
        Set<ConfigurationPropertyName> secrets = new HashSet<>();
        GlobalProperties.settings().forEach(setting -> names.add(ConfigurationPropertyName.of(setting.key())));
        endpoints.values().forEach(endpoint -> {
            known.ofAnEndpoint().forEach(key -> names.add(endpoint.append(key)));
            secrets.add(endpoint.append(SECRETS));
        });
        names.removeAll(secrets);
        Map<String, WebhookConfigurationException> unknown = new TreeMap<>();
        UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
        sources.stream()
                .filter(filter::apply)
                .forEach(source -> namesIn(source).stream()
                        .filter(name -> !names.contains(name))
                        .filter(name -> secrets.stream().noneMatch(each -> each.isAncestorOf(name)))
                        .forEach(name -> unknown.putIfAbsent(name.toString(), unknown(known, name, source))));
        if (!unknown.isEmpty()) {
            throw new WebhookConfigurationException(
                    joined(unknown, WebhookConfigurationException::description),
                    joined(unknown, WebhookConfigurationException::action));
        }
    }

    private static WebhookConfigurationException unknown(
            KnownProperties known, ConfigurationPropertyName name, ConfigurationPropertySource source) {
        WebhookConfigurationException failure = known.unknown(name.toString());
        ConfigurationProperty property = source.getConfigurationProperty(name);
        String origin = property == null ? "" : origin(property);
        return origin.isEmpty()
                ? failure
                : new WebhookConfigurationException(failure.description() + " (" + origin + ")", failure.action());
    }

    private static String joined(
            Map<String, WebhookConfigurationException> failures, Function<WebhookConfigurationException, String> part) {
        return failures.values().stream().map(part).collect(Collectors.joining("; "));
    }
}
