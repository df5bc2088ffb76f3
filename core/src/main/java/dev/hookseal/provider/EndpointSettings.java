package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint verifies: its name, secrets and limits.
 *
 * <pre>{@code
 * EndpointSettings.builder("formflow")
 *         .secret(SigningSecret.ofUtf8(System.getenv("FORMFLOW_SECRET")))
 *         .replayWindow(Duration.ofHours(72))
 *         .build();
 * }</pre>
 *
 * <p>What is not set is the provider's default. A provider rejects a setting that has no meaning for it.
 */
public final class EndpointSettings {
    // so that all that is counted of a body fits an int
    private static final int MAX_BODY_BYTES = 1 << 28;

    // also part of property names, store keys and metric tags, so nothing that any of them would have to escape
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private final String name;
    private final SecretSource secrets;
    private final Clock clock;
    private final @Nullable Integer maxBodyBytes;
    private final @Nullable Duration tolerance;
    private final @Nullable Duration replayWindow;
    private final @Nullable Duration repeatWindow;

    private EndpointSettings(Builder builder, SecretSource secrets) {
        this.name = builder.name;
        this.secrets = secrets;
        this.clock = builder.clock;
        this.maxBodyBytes = builder.maxBodyBytes;
        this.tolerance = builder.tolerance;
        this.replayWindow = builder.replayWindow;
        this.repeatWindow = builder.repeatWindow;
    }

    /**
     * Begins the settings of an endpoint.
     *
     * @param name letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit
     * @throws WebhookConfigurationException if it is anything else
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The endpoint's name. */
    public String name() {
        return name;
    }

    /** Where the secrets come from. */
    public SecretSource secrets() {
        return secrets;
    }

    /** What time it is. */
    public Clock clock() {
        return clock;
    }

    /** How large a body may be, in bytes; empty for the provider's default. */
    public OptionalInt maxBodyBytes() {
        return maxBodyBytes == null ? OptionalInt.empty() : OptionalInt.of(maxBodyBytes);
    }

    /** How far an unsigned time header may be from now, either way; null if it is not looked at. */
    public @Nullable Duration tolerance() {
        return tolerance;
    }

    /** How old a signed event may be, and for how long its id is remembered; null for the provider's default. */
    public @Nullable Duration replayWindow() {
        return replayWindow;
    }

    /** For how long the same signed content counts as a repeat, where there is no delivery id; null for never. */
    public @Nullable Duration repeatWindow() {
        return repeatWindow;
    }

    /** The full name of one of this endpoint's properties, for messages: {@code hookseal.endpoints.<name>.<key>}. */
    public String property(String key) {
        return "hookseal.endpoints." + name + "." + key;
    }

    @Override
    public String toString() {
        return "EndpointSettings[" + name + "]";
    }

    /** Collects the settings of an endpoint. */
    public static final class Builder {
        private final String name;
        private @Nullable SecretSource secrets;
        private Clock clock = Clock.systemUTC();
        private @Nullable Integer maxBodyBytes;
        private @Nullable Duration tolerance;
        private @Nullable Duration replayWindow;
        private @Nullable Duration repeatWindow;

        private Builder(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new WebhookConfigurationException(
                        "\"" + name + "\" cannot be the name of an endpoint",
                        "use letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit,"
                                + " such as orders-eu. (An environment variable leaves the hyphens out:"
                                + " HOOKSEAL_ENDPOINTS_ORDERSEU_SECRET)");
            }
            this.name = name;
        }

        /** One secret for every event. */
        public Builder secret(SigningSecret secret) {
            return secrets(SecretSource.of(secret));
        }

        /** Secrets that differ by event, are rotated, or change while the application runs. */
        public Builder secrets(SecretSource secrets) {
            this.secrets = Objects.requireNonNull(secrets, "secrets");
            return this;
        }

        /** The clock; the system's unless set. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * The largest body in bytes that is read; one byte more is rejected.
         *
         * @throws WebhookConfigurationException if it is less than 1 or more than 256 MiB
         */
        public Builder maxBodyBytes(int maxBodyBytes) {
            if (maxBodyBytes < 1 || maxBodyBytes > MAX_BODY_BYTES) {
                throw new WebhookConfigurationException(
                        property("max-body-size") + " (maxBodyBytes in code) is from 1 byte to 256 MiB, and it is "
                                + maxBodyBytes,
                        "set the number of bytes");
            }
            this.maxBodyBytes = maxBodyBytes;
            return this;
        }

        /**
         * Has the unsigned time header checked too, either way, boundary included.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder tolerance(Duration tolerance) {
            this.tolerance = positive("tolerance", tolerance);
            return this;
        }

        /**
         * How old a signed event may be, boundary included; at least as long as the provider keeps redelivering.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder replayWindow(Duration replayWindow) {
            this.replayWindow = positive("replay-window", replayWindow);
            return this;
        }

        /**
         * For a provider without delivery ids: treats the same signed content within this time as a repeat. Two genuine
         * events can have the same content, and the second one is then lost.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder repeatWindow(Duration repeatWindow) {
            this.repeatWindow = positive("repeat-window", repeatWindow);
            return this;
        }

        /**
         * The settings.
         *
         * @throws WebhookConfigurationException if there are no secrets
         */
        public EndpointSettings build() {
            if (secrets == null) {
                throw new WebhookConfigurationException(
                        "There is no secret for endpoint " + name, "call secret(...) or secrets(...) of its builder");
            }
            return new EndpointSettings(this, secrets);
        }

        private Duration positive(String key, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new WebhookConfigurationException(
                        property(key) + " is " + duration, "set it to a positive duration, such as 5m");
            }
            if (duration.compareTo(Duration.ofDays(3650)) > 0) {
                throw new WebhookConfigurationException(
                        property(key) + " is " + duration, "set it to 3650 days at most");
            }
            return duration;
        }

        private String property(String key) {
            return "hookseal.endpoints." + name + "." + key;
        }
    }
}
