package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the secrets of an endpoint's properties. No message shows a secret. */
final class ConfiguredSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSecrets.class);

    private final String property;
    private final WebhookProvider<?> provider;

    private ConfiguredSecrets(String property, WebhookProvider<?> provider) {
        this.property = property;
        this.provider = provider;
    }

    /**
     * Returns the source of an endpoint's secrets.
     *
     * @param property {@code hookseal.endpoints.<name>}
     * @throws WebhookConfigurationException if a secret is missing, empty or not resolved, or they contradict
     */
    static SecretSource read(String property, EndpointProperties values, WebhookProvider<?> provider) {
        ConfiguredSecrets secrets = new ConfiguredSecrets(property, provider);
        Object secret = values.secret();
        if (secret != null) {
            if (!values.secrets().isEmpty()) {
                throw new WebhookConfigurationException(
                        "Both " + property + ".secret and " + property + ".secrets are set", "remove one of them");
            }
            return SecretSource.of(secrets.secret(property + ".secret", secret));
        }
        if (values.secrets().isEmpty()) {
            throw new WebhookConfigurationException(
                    "There is no secret for endpoint " + property.substring(property.lastIndexOf('.') + 1),
                    EndpointRegistry.setSecret(property, provider));
        }
        if (isList(values.secrets())) {
            return SecretSource.of(
                    secrets.list(property + ".secrets", values.secrets()).toArray(SigningSecret[]::new));
        }
        return secrets.byEventType(values.secrets());
    }

    private SecretSource byEventType(Map<String, ?> values) {
        Map<String, List<SigningSecret>> byType = new LinkedHashMap<>();
        collect("", values, byType);
        return SecretSource.byEventType(byType);
    }

    // An environment variable's underscores are taken for levels: ERROR_EXPORT arrives as export below error.
    private void collect(String path, Map<?, ?> values, Map<String, List<SigningSecret>> byType) {
        values.forEach((key, value) -> {
            String name = path + key;
            if (value instanceof Map<?, ?> deeper && !isList(deeper)) {
                collect(name + ".", deeper, byType);
                return;
            }
            List<SigningSecret> secrets = list(property + ".secrets." + name, value);
            List<SigningSecret> other = byType.put(eventName(name), secrets);
            if (other != null && !other.equals(secrets)) {
                throw new WebhookConfigurationException(
                        property + ".secrets." + name + " is set twice, in two spellings and with different values",
                        "remove one of them");
            }
        });
    }

    // An environment variable cannot carry a hyphen, so that validation-success arrives as validationsuccess.
    private String eventName(String key) {
        for (String name : provider.eventNames()) {
            if (letters(name).equals(letters(key))) {
                return name;
            }
        }
        LOG.warn(
                "{}.secrets.{}: {} documents no such event; it is taken for the name of a new one{}",
                property,
                key,
                provider.name(),
                KnownProperties.nearest(key, provider.eventNames())
                        .map(name -> ". Did you mean " + name + "?")
                        .orElse(""));
        return key;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static boolean isList(Map<?, ?> values) {
        return values.keySet().stream().allMatch(key -> String.valueOf(key).matches("\\d{1,9}"));
    }

    private List<SigningSecret> list(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            TreeMap<Integer, Object> ordered = new TreeMap<>();
            map.forEach((key, element) -> ordered.put(Integer.valueOf(String.valueOf(key)), element));
            return list(name, ordered.values());
        }
        List<SigningSecret> secrets = new ArrayList<>();
        if (value instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                secrets.add(secret(name + "[" + index++ + "]", element));
            }
        } else {
            secrets.add(secret(name, value));
        }
        if (secrets.isEmpty()) {
            throw new WebhookConfigurationException(name + " is an empty list", "set it to one secret or more");
        }
        return secrets;
    }

    private SigningSecret secret(String name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (text.isBlank()) {
            throw new WebhookConfigurationException(
                    name + " is empty",
                    "set it to the signing secret of " + provider.name() + PropertyValue.orRemoved(name));
        }
        if (text.startsWith("${") && text.endsWith("}")) {
            throw PropertyValue.unresolved(name, text);
        }
        if (value != null && !(value instanceof CharSequence)) {
            LOG.warn(
                    "{} was read as a {} and not as text, and may have lost its spelling on the way: YAML takes 0123 for"
                            + " an octal number, 1e5 for 100000.0 and yes for true. Put the secret in quotes",
                    name,
                    value instanceof Number ? "number" : value.getClass().getSimpleName());
        }
        try {
            return SigningSecret.ofUtf8(text);
        } catch (IllegalArgumentException e) {
            throw new WebhookConfigurationException(
                    name + " cannot be used: " + e.getMessage(), "set it to the signing secret of " + provider.name());
        }
    }
}
