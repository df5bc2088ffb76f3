package dev.hookseal.jdbc;

import dev.hookseal.config.ModuleSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.time.Duration;
import java.util.List;

/**
 * The keys of the store on JDBC below {@code hookseal.store}.
 *
 * @apiNote For authors of adapters; an application sets them in its configuration, or by the builder of {@link
 *     JdbcDeliveryStore}.
 * @since 0.1.0
 */
public final class JdbcSettings implements ModuleSettings {
    /** The name of the {@code DataSource} bean. */
    public static final Setting<String> DATA_SOURCE = Setting.of(
                    "hookseal.store.data-source", SettingType.TEXT, "The name of the DataSource bean to use.")
            .otherwise("the only one, or the primary one");

    /** Whether a missing table is created. */
    public static final Setting<String> INITIALIZE_SCHEMA = Setting.of(
                    "hookseal.store.initialize-schema",
                    SettingType.TEXT,
                    "Whether the store creates its table if it is missing: `embedded` (in H2 within this process),"
                            + " `always` or `never`.")
            .withDefault("embedded");
    /** How long a call may take. */
    public static final Setting<Duration> TIMEOUT = Setting.of(
                    "hookseal.store.timeout",
                    SettingType.DURATION,
                    "How long a call of the database may take, the wait for a connection included; after it, the sender"
                            + " gets 503.")
            .between(Duration.ofMillis(100), Duration.ofSeconds(4))
            .withDefault(Duration.ofSeconds(2));
    /** How often what is over is deleted. */
    public static final Setting<Duration> PURGE_INTERVAL = Setting.of(
                    "hookseal.store.purge-interval",
                    SettingType.DURATION,
                    "How often a node deletes deliveries whose retention is over.")
            .between(Duration.ofSeconds(1), Duration.ofDays(1))
            .withDefault(Duration.ofMinutes(1));

    /** Called by core. */
    public JdbcSettings() {}

    @Override
    public List<Setting<?>> settings() {
        return List.of(DATA_SOURCE, INITIALIZE_SCHEMA, TIMEOUT, PURGE_INTERVAL);
    }
}
