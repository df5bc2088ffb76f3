package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of what is configured. A number without a unit is milliseconds or bytes for a framework, and so out of
 * them: {@code replay-window: 72} would reject every delivery.
 */
final class PropertyBounds {
    private static final long MIN_BODY_BYTES = 4 * 1024;
    private static final long MAX_BODY_BYTES = 256 * 1024 * 1024;

    private static final long MIN_BUDGET_BYTES = 1024 * 1024;

    private PropertyBounds() {}

    /**
     * Checks what holds for all endpoints.
     *
     * @throws WebhookConfigurationException if a value is out of its bounds
     */
    static void check(BodyProperties values) {
        check(values.timeout(), Duration.ofSeconds(1), Duration.ofMinutes(5), "hookseal.body-timeout is from 1s to 5m");
        Long bytes = values.budgetBytes();
        if (bytes != null && bytes < MIN_BUDGET_BYTES) {
            throw new WebhookConfigurationException(
                    "hookseal.body-budget is at least 1MB, and it is " + bytes + " bytes",
                    "a unit is needed, such as 50MB");
        }
    }

    /**
     * Checks the values of an endpoint.
     *
     * @param property {@code hookseal.endpoints.<name>}
     * @throws WebhookConfigurationException if one is out of its bounds
     */
    static void check(EndpointProperties values, String property) {
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        Duration decade = Duration.ofDays(3650);
        check(values.tolerance(), second, day, property + ".tolerance is from 1s to 1d");
        check(values.replayWindow(), Duration.ofMinutes(1), decade, property + ".replay-window is from 1m to 3650d");
        check(values.repeatWindow(), second, decade, property + ".repeat-window is from 1s to 3650d");
        check(values.lease(), second, day, property + ".lease is from 1s to 1d");
        Long bytes = values.maxBodyBytes();
        if (bytes != null && (bytes < MIN_BODY_BYTES || bytes > MAX_BODY_BYTES)) {
            throw new WebhookConfigurationException(
                    property + ".max-body-size is from 4KB to 256MB, and it is " + bytes + " bytes",
                    bytes < MIN_BODY_BYTES ? "a unit is needed, such as 512KB or 1MB" : "set it to 256MB at most");
        }
    }

    private static void check(@Nullable Duration value, Duration min, Duration max, String rule) {
        if (value != null && (value.compareTo(min) < 0 || value.compareTo(max) > 0)) {
            throw new WebhookConfigurationException(
                    rule + ", and it is " + value,
                    value.compareTo(min) < 0 ? "a unit is needed, such as 30s, 5m, 72h or 7d" : "set it to less");
        }
    }
}
