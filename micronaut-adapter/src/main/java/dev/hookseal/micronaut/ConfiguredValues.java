package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.PropertyValue;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads properties such that what is wrong with a value names its property. No message shows a text as it is. */
record ConfiguredValues(Environment environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}:$]+)(:[^{}]*)?}");

    /** Returns what is set below a property, by the rest of the names. */
    Map<String, Object> below(String property) {
        return resolved(property, () -> environment.getProperties(property));
    }

    /** Returns the value of a property; empty if it is not set. */
    Optional<PropertyValue> value(String property) {
        return resolved(property, () -> environment.getProperty(property, Object.class))
                .map(PropertyValue::of);
    }

    // Micronaut's own message shows the value, which may be a secret, and not the property.
    private <T> T resolved(String property, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ConfigurationException e) {
            throw unresolved(property);
        }
    }

    private WebhookConfigurationException unresolved(String property) {
        for (PropertySource source : environment.getPropertySources()) {
            for (String name : source) {
                if (source.get(name) instanceof CharSequence value
                        && isAtOrBelow(property, name, source.getConvention())
                        && !isResolved(value.toString())) {
                    Matcher placeholder = PLACEHOLDER.matcher(value);
                    return placeholder.matches()
                            ? PropertyValue.unresolved(name, "${" + placeholder.group(1) + "}")
                            : new WebhookConfigurationException(
                                    name + " has a placeholder that nothing resolves",
                                    "define what it names, or write the value without ${");
                }
            }
        }
        return new WebhookConfigurationException(
                "A value at or below " + property + " has a placeholder that nothing resolves", "define what it names");
    }

    private static boolean isAtOrBelow(String property, String name, PropertyConvention convention) {
        String normal = convention == PropertyConvention.ENVIRONMENT_VARIABLE
                ? name.toLowerCase(Locale.ROOT).replace('_', '.')
                : NameUtils.hyphenate(name, true);
        return normal.startsWith(property.replace('-', '.')) || normal.startsWith(property);
    }

    private boolean isResolved(String value) {
        try {
            environment.getPlaceholderResolver().resolveRequiredPlaceholders(value);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }
}
