package dev.hookseal.redis;

import dev.hookseal.config.ModuleSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.time.Duration;
import java.util.List;

/**
 * The keys of the store on Redis below {@code hookseal.store.redis}.
 *
 * @apiNote For authors of adapters; an application sets them in its configuration, or by the builder of {@link
 *     RedisDeliveryStore}.
 * @since 0.1.0
 */
public final class RedisSettings implements ModuleSettings {
    /** Where Redis is. */
    public static final Setting<String> URI = Setting.of(
                    "hookseal.store.redis.uri",
                    SettingType.TEXT,
                    "Where the store's Redis is: `redis://user:password@host:6379/0`, `rediss` for TLS,"
                            + " `redis-sentinel` for Sentinel.")
            .otherwise("the application's Redis client");

    static final Setting<String> KEY_PREFIX = Setting.of(
                    "hookseal.store.redis.key-prefix",
                    SettingType.TEXT,
                    "What each key in Redis begins with; applications that share a Redis need different ones.")
            .withDefault("hookseal:");
    static final Setting<Duration> TIMEOUT = Setting.of(
                    "hookseal.store.redis.timeout",
                    SettingType.DURATION,
                    "How long a call waits for Redis; after it, the sender gets 503.")
            .between(Duration.ofMillis(100), Duration.ofSeconds(4))
            .withDefault(Duration.ofSeconds(2));

    /** Called by core. */
    public RedisSettings() {}

    @Override
    public List<Setting<?>> settings() {
        return List.of(URI, KEY_PREFIX, TIMEOUT);
    }
}
