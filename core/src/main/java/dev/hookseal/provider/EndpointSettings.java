package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** The largest body that is read, of every endpoint. */
    public static final Setting<Long> MAX_BODY_SIZE = Setting.of(
                    "max-body-size", SettingType.SIZE, "The largest body; a larger one gets 413.")
            .between(4L * 1024, (long) MAX_BODY_BYTES)
            .otherwise("the provider's default");

    /** How long a handler may take, of every endpoint. */
    public static final Setting<Duration> LEASE = Setting.of(
                    "lease",
                    SettingType.DURATION,
                    "How long a handler may take before a redelivery is handled as well.")
            .between(Duration.ofSeconds(1), Duration.ofDays(1))
            .withDefault(Duration.ofMinutes(5));

    /** The settings that an endpoint has whatever its provider; a provider adds its {@link WebhookProvider#settings()}. */
    public static final List<Setting<?>> OF_EVERY_PROVIDER = List.of(MAX_BODY_SIZE, LEASE);

    private static final String TOLERANCE = "tolerance";
    private static final String REPLAY_WINDOW = "replay-window";
    private static final String REPEAT_WINDOW = "repeat-window";

    private final String name;
    private final SecretSource secrets;
    private final Clock clock;
    private final Map<String, Object> values;

    private EndpointSettings(Builder builder, SecretSource secrets) {
        this.name = builder.name;
        this.secrets = secrets;
        this.clock = builder.clock;
        this.values = Map.copyOf(builder.values);
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

    /** Returns the value of a setting, or else its default; empty if there is neither. */
    public <T extends Comparable<T>> Optional<T> value(Setting<T> setting) {
        Object value = values.get(setting.key());
        return value == null
                ? Optional.ofNullable(setting.defaultValue())
                : Optional.of(setting.type().valueClass().cast(value));
    }

    /** How large a body may be, in bytes; empty for the provider's default. */
    public OptionalInt maxBodyBytes() {
        return values.get(MAX_BODY_SIZE.key()) instanceof Long bytes
                ? OptionalInt.of(bytes.intValue())
                : OptionalInt.empty();
    }

    /** How far an unsigned time header may be from now, either way; null if it is not looked at. */
    public @Nullable Duration tolerance() {
        return (Duration) values.get(TOLERANCE);
    }

    /** How old a signed event may be, and for how long its id is remembered; null for the provider's default. */
    public @Nullable Duration replayWindow() {
        return (Duration) values.get(REPLAY_WINDOW);
    }

    /** For how long the same signed content counts as a repeat, where there is no delivery id; null for never. */
    public @Nullable Duration repeatWindow() {
        return (Duration) values.get(REPEAT_WINDOW);
    }

    /**
     * Returns the verifier of a provider for this endpoint.
     *
     * @throws WebhookConfigurationException if something is set that is not a setting of every endpoint or of the
     *     provider, or the provider rejects a value; the message names the property
     */
    public <E> WebhookVerifier<E> verifier(WebhookProvider<E> provider) {
        new TreeSet<>(values.keySet()).forEach(key -> setting(key, provider, property(key)));
        return provider.verifier(this);
    }

    /**
     * Returns the setting that a key stands for: one of every endpoint, or of the provider.
     *
     * @param property the whole name of the property, for the message
     * @throws WebhookConfigurationException if there is no such setting
     */
    public static Setting<?> setting(String key, WebhookProvider<?> provider, String property) {
        Map<String, Setting<?>> known = new TreeMap<>();
        OF_EVERY_PROVIDER.forEach(setting -> known.put(setting.key(), setting));
        provider.settings().forEach(setting -> known.put(setting.key(), setting));
        Setting<?> setting = known.get(key);
        if (setting == null) {
            throw new WebhookConfigurationException(
                    property + " is not a setting of the provider " + provider.name(),
                    "remove it; this provider has " + known.keySet());
        }
        return setting;
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
        private final Map<String, Object> values = new HashMap<>();

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
            values.put(MAX_BODY_SIZE.key(), (long) maxBodyBytes);
            return this;
        }

        /**
         * Has the unsigned time header checked too, either way, boundary included.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder tolerance(Duration tolerance) {
            return positive(TOLERANCE, tolerance);
        }

        /**
         * How old a signed event may be, boundary included; at least as long as the provider keeps redelivering.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder replayWindow(Duration replayWindow) {
            return positive(REPLAY_WINDOW, replayWindow);
        }

        /**
         * For a provider without delivery ids: treats the same signed content within this time as a repeat. Two genuine
         * events can have the same content, and the second one is then lost.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder repeatWindow(Duration repeatWindow) {
            return positive(REPEAT_WINDOW, repeatWindow);
        }

        /**
         * Sets the value of a setting: one of every endpoint, or of the provider.
         *
         * @throws WebhookConfigurationException if it is out of the setting's bounds
         */
        public <T extends Comparable<T>> Builder set(Setting<T> setting, T value) {
            values.put(setting.key(), setting.check(property(setting.key()), value));
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

        private Builder positive(String key, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new WebhookConfigurationException(
                        property(key) + " is " + duration, "set it to a positive duration, such as 5m");
            }
            if (duration.compareTo(Duration.ofDays(3650)) > 0) {
                throw new WebhookConfigurationException(
                        property(key) + " is " + duration, "set it to 3650 days at most");
            }
            values.put(key, duration);
            return this;
        }

        private String property(String key) {
            return "hookseal.endpoints." + name + "." + key;
        }
    }
}
