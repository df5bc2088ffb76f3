package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;

/** What is wrong with a value that a framework cannot read, in the same words for each framework. */
public final class WrongValue {
    private WrongValue() {}

    /**
     * Returns that a value is not a time.
     *
     * @param shown the value as it may be shown; empty for one that may be a secret
     */
    public static WebhookConfigurationException notADuration(String property, String shown) {
        return wrong(property, "a duration", shown, "set it to a number with a unit, such as 30s, 5m, 72h or 7d");
    }

    /**
     * Returns that a value is not a number of bytes.
     *
     * @param shown see {@link #notADuration}
     */
    public static WebhookConfigurationException notASize(String property, String shown) {
        return wrong(property, "a size", shown, "set it to a number with a unit, such as 512KB or 1MB");
    }

    /**
     * Returns that a value is not a whole number.
     *
     * @param shown see {@link #notADuration}
     */
    public static WebhookConfigurationException notAWholeNumber(String property, String shown) {
        return wrong(property, "a whole number", shown, "set it to a number such as 1000");
    }

    private static WebhookConfigurationException wrong(String property, String what, String shown, String action) {
        return new WebhookConfigurationException(
                property + " is not " + what + (shown.isEmpty() ? "" : ": " + shown), action);
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
}
