package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: its name, type, bounds, default and text. It is declared once. Binding, the check for
 * unknown keys, Spring Boot's metadata and the page of properties come from it, and {@link EndpointSettings#value} reads
 * its value:
 *
 * <pre>{@code
 * static final Setting<Duration> CLOCK_SKEW = Setting.of("clock-skew", SettingType.DURATION,
 *                 "How far the signed time may be ahead of this clock.")
 *         .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
 *         .withDefault(Duration.ofMinutes(5));
 * }</pre>
 *
 * @param key lower-case words with hyphens, below an endpoint; the whole name, such as {@code hookseal.store.table}, for
 *     a key that no endpoint has
 * @param type how a value is written
 * @param text what it is for: one sentence or more, each with a full stop
 * @param min the lowest value that is allowed; null for no limit
 * @param max the highest value that is allowed; null for no limit
 * @param defaultValue the default; null without one
 * @param otherwise what applies if nothing is set and there is no default: {@code never}; may be empty
 * @param <T> the class of the values
 * @since 0.1.0
 */
public record Setting<T extends Comparable<T>>(
        String key,
        SettingType<T> type,
        String text,
        @Nullable T min,
        @Nullable T max,
        @Nullable T defaultValue,
        String otherwise) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

    /**
     * A setting.
     *
     * @throws IllegalArgumentException if the key is not in lower case with hyphens, or the text has no full stop
     */
    public Setting {
        Objects.requireNonNull(type, "type");
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(key + " is not a key: use lower-case words with hyphens");
        }
        if (!text.endsWith(".")) {
            throw new IllegalArgumentException("The text of " + key + " must end with a full stop: " + text);
        }
    }

    /** Returns a setting without bounds and without a default. */
    public static <T extends Comparable<T>> Setting<T> of(String key, SettingType<T> type, String text) {
        return new Setting<>(key, type, text, null, null, null, "");
    }

    /** Returns the same with bounds, both included. */
    public Setting<T> between(T lowest, T highest) {
        return new Setting<>(key, type, text, lowest, highest, defaultValue, otherwise);
    }

    /** Returns the same with a lowest value and no highest one. */
    public Setting<T> atLeast(T lowest) {
        return new Setting<>(key, type, text, lowest, max, defaultValue, otherwise);
    }

    /** Returns the same with a default. */
    public Setting<T> withDefault(T value) {
        return new Setting<>(key, type, text, min, max, value, "");
    }

    /** Returns the same with words for what applies if nothing is set, such as {@code never}. */
    public Setting<T> otherwise(String words) {
        return new Setting<>(key, type, text, min, max, null, words);
    }

    /**
     * Checks a value.
     *
     * @param property the whole name of the property, for the message
     * @return the value
     * @throws WebhookConfigurationException if it is out of bounds; the message names the bounds
     */
    public T check(String property, T value) {
        if (min != null && value.compareTo(min) < 0) {
            throw outOfBounds(property, value, min);
        }
        if (max != null && value.compareTo(max) > 0) {
            throw outOfBounds(property, value, max);
        }
        return value;
    }

    private WebhookConfigurationException outOfBounds(String property, T value, T bound) {
        return new WebhookConfigurationException(
                property + " must be " + bounds() + ", and it is " + type.format(value),
                // most likely a size without its unit
                bound.equals(min) && type.equals(SettingType.SIZE)
                        ? type.fix()
                        : "set it to " + type.format(bound) + (bound.equals(min) ? " or more" : " or less"));
    }

    /** Returns the bounds for people: {@code from 1s to 24h} or {@code at least 1MB}; empty if there are none. */
    public String bounds() {
        if (min != null) {
            return max == null
                    ? "at least " + type.format(min)
                    : "from " + type.format(min) + " to " + type.format(max);
        }
        return max == null ? "" : "at most " + type.format(max);
    }
}
