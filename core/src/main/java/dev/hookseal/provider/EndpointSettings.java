package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
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

    /**
     * How far the time of a delivery may be from now, in either direction. Core checks it for a provider that declares it,
     * against {@link SignatureClaim#signedTime}, or else against {@link SignatureClaim#unsignedTime}.
     */
    public static final Setting<Duration> TOLERANCE = Setting.of(
                    "tolerance",
                    SettingType.DURATION,
                    "How far the signed time of a delivery may be off, in either direction.")
            .between(Duration.ofSeconds(1), Duration.ofDays(1))
            .otherwise("not checked");

    /**
     * How old an event may be, and how long its id is remembered. Core checks it for a provider that declares it, against
     * {@link ReadEvent#time}.
     */
    public static final Setting<Duration> REPLAY_WINDOW = Setting.of(
                    "replay-window",
                    SettingType.DURATION,
                    "The maximum age of an event, and how long its id is remembered.")
            .between(Duration.ofMinutes(1), Duration.ofDays(3650));

    /** How long the same content counts as a duplicate, for a provider that declares it and gives no id. */
    public static final Setting<Duration> REPEAT_WINDOW = Setting.of(
                    "repeat-window",
                    SettingType.DURATION,
                    "How long the same content counts as a duplicate; it can lose a genuine event.")
            .between(Duration.ofSeconds(1), Duration.ofDays(3650))
            .otherwise("never");

    /** How long the id of a delivery is remembered, for a provider that declares it and has no replay window. */
    public static final Setting<Duration> ID_RETENTION = Setting.of(
                    "id-retention",
                    SettingType.DURATION,
                    "How long the id of a delivery is remembered: longer than the sender redelivers.")
            .between(Duration.ofHours(1), Duration.ofDays(3650))
            .withDefault(Duration.ofDays(7));

    /** The URL that was registered with the sender, for a provider that declares it because it signs the URL. */
    public static final Setting<URI> PUBLIC_URL = Setting.of(
            "public-url", SettingType.URL, "The endpoint's URL as it is registered with the sender, which signs it.");

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

    /**
     * Returns the URL that the sender called: {@link #PUBLIC_URL} with the query of the request. Neither {@code Host} nor a
     * forwarding header counts, since anyone can write those.
     *
     * @throws WebhookConfigurationException if no public URL is set
     */
    public String publicUrl(WebhookRequest request) {
        String query = request.rawQuery();
        return publicUrl() + (query == null ? "" : "?" + query);
    }

    /**
     * Returns the URL that is registered with the sender. A scheme calls this when it is made, so that the start fails
     * without one.
     *
     * @throws WebhookConfigurationException if none is set
     */
    public String publicUrl() {
        return value(PUBLIC_URL)
                .orElseThrow(() -> new WebhookConfigurationException(
                        property(PUBLIC_URL.key()) + " is not set, and this sender signs the URL",
                        "set it to the URL that is registered with the sender, such as https://example.com/webhooks"))
                .toString();
    }

    /**
     * Checks that nothing is set but settings of every endpoint and of the provider.
     *
     * @throws WebhookConfigurationException if something else is; the message names the property
     */
    void checkFor(WebhookProvider<?> provider) {
        new TreeSet<>(values.keySet()).forEach(key -> setting(key, provider, property(key)));
    }

    /**
     * Returns the setting of a key: one of every endpoint, or of the provider.
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

    /**
     * Returns the full name of a secret's property, for messages.
     *
     * @param name the name that the secrets go by; empty if they are for every event
     * @param index the secret's place among those of the name
     * @param count how many secrets the name has
     */
    public String secretProperty(String name, int index, int count) {
        String element = count == 1 ? "" : "[" + index + "]";
        if (!name.isEmpty()) {
            return property("secrets." + name + element);
        }
        return property(count == 1 ? "secret" : "secrets" + element);
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
            return positive(TOLERANCE.key(), tolerance);
        }

        /**
         * How old a signed event may be, boundary included; at least as long as the provider keeps redelivering.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder replayWindow(Duration replayWindow) {
            return positive(REPLAY_WINDOW.key(), replayWindow);
        }

        /**
         * For a provider without delivery ids: treats the same signed content within this time as a repeat. Two genuine
         * events can have the same content, and the second one is then lost.
         *
         * @throws WebhookConfigurationException if it is not positive
         */
        public Builder repeatWindow(Duration repeatWindow) {
            return positive(REPEAT_WINDOW.key(), repeatWindow);
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
