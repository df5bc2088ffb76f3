package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of one property as a framework has read it. What it means is decided here, so that every framework takes the
 * same values and rejects the others in the same words.
 *
 * @param value a text, what YAML made of an unquoted one, or a value of the setting's type
 * @param shown the value as a message may show it; empty to show none
 * @param origin where it is written, for messages, such as a file and a line; empty if not known
 * @apiNote For authors of adapters.
 * @since 0.1.0
 */
public record PropertyValue(Object value, String shown, String origin) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    /** A value. */
    public PropertyValue {
        // Boot gives the content of a mounted file as a CharSequence without equals
        value = value instanceof CharSequence text ? text.toString() : value;
    }

    /** Returns a value that messages may show. */
    public static PropertyValue of(Object value) {
        return new PropertyValue(value, value.toString(), "");
    }

    /**
     * Returns the value as that of a setting.
     *
     * @param property the whole name, for messages
     * @throws WebhookConfigurationException if it is not of the setting's type or out of its bounds
     */
    <T extends Comparable<T>> T as(Setting<T> setting, String property) {
        try {
            return setting.check(property, typed(setting.type(), property));
        } catch (WebhookConfigurationException e) {
            throw origin.isEmpty()
                    ? e
                    : new WebhookConfigurationException(e.description() + " (" + origin + ")", e.action());
        }
    }

    private <T extends Comparable<T>> T typed(SettingType<T> type, String property) {
        if (type.valueClass().isInstance(value)) {
            T typed = type.valueClass().cast(value);
            // within a text it may be meant as it is written
            if (typed instanceof String text && text.startsWith("${") && text.endsWith("}")) {
                throw unresolved(property, text);
            }
            return typed;
        }
        String text = value.toString().strip();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.find()) {
            throw unresolved(property, placeholder.group());
        }
        if (text.isEmpty()) {
            throw new WebhookConfigurationException(property + " is empty", type.fix() + ", or remove it");
        }
        try {
            return type.parse(text);
        } catch (IllegalArgumentException e) {
            boolean hidden = type.equals(SettingType.SECRET) || shown.isEmpty();
            throw new WebhookConfigurationException(
                    property + " is not " + type.name() + (hidden ? "" : ": " + shown), type.fix());
        }
    }

    /**
     * Returns that a value is a placeholder without a value.
     *
     * @param placeholder without its default, such as <code>${FORMFLOW_SECRET_EXPORT}</code>
     */
    public static WebhookConfigurationException unresolved(String property, String placeholder) {
        return new WebhookConfigurationException(
                property + " is a placeholder that nothing resolves", "define " + placeholder + orRemoved(property));
    }

    /** Returns what else may be done about the secret of one event. */
    static String orRemoved(String property) {
        return property.contains(".secrets.") ? ", or remove the line if you do not subscribe to that event" : "";
    }

    /** Returns no value, since it may be a secret. */
    @Override
    public String toString() {
        return "PropertyValue[" + origin + "]";
    }
}
