package dev.hookseal.inbox.jdbc;

import dev.hookseal.config.ModuleSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.time.Duration;
import java.util.List;

/**
 * The keys below {@code hookseal.inbox}. The database is that of the delivery store: {@code hookseal.store.data-source},
 * {@code hookseal.store.initialize-schema} and {@code hookseal.store.timeout} hold for the inbox too.
 *
 * @since 0.1.0
 */
public final class InboxSettings implements ModuleSettings {
    static final Setting<Integer> WORKERS = Setting.of(
                    "hookseal.inbox.workers",
                    SettingType.WHOLE_NUMBER,
                    "How many deliveries this node handles at once; `0`: it only accepts them.")
            .between(0, 1_000)
            // with their upkeep, fewer than the 10 connections of a pool that is not configured
            .withDefault(5);
    static final Setting<Integer> MAX_ATTEMPTS = Setting.of(
                    "hookseal.inbox.max-attempts",
                    SettingType.WHOLE_NUMBER,
                    "After how many failed attempts a delivery is parked.")
            .between(1, 1_000)
            .withDefault(15);
    static final Setting<Duration> BACKOFF_INITIAL = Setting.of(
                    "hookseal.inbox.backoff.initial",
                    SettingType.DURATION,
                    "The longest wait after the first failed attempt; half of a wait is random.")
            .between(Duration.ofMillis(1), Duration.ofDays(1))
            .withDefault(Duration.ofSeconds(5));
    static final Setting<Integer> BACKOFF_MULTIPLIER = Setting.of(
                    "hookseal.inbox.backoff.multiplier",
                    SettingType.WHOLE_NUMBER,
                    "By how much the wait grows with each failed attempt.")
            .between(1, 10)
            .withDefault(2);
    static final Setting<Duration> BACKOFF_MAX = Setting.of(
                    "hookseal.inbox.backoff.max", SettingType.DURATION, "The longest wait before an attempt.")
            .between(Duration.ofMillis(1), Duration.ofDays(7))
            .withDefault(Duration.ofHours(1));
    static final Setting<Integer> MAX_CRASHES = Setting.of(
                    "hookseal.inbox.max-crashes",
                    SettingType.WHOLE_NUMBER,
                    "How many processes may die with a delivery before it is parked.")
            .between(1, 1_000)
            .withDefault(3);
    static final Setting<Duration> POLL_INTERVAL = Setting.of(
                    "hookseal.inbox.poll-interval",
                    SettingType.DURATION,
                    "How often a node looks for retries and for what other nodes have accepted.")
            .between(Duration.ofMillis(10), Duration.ofMinutes(10))
            .withDefault(Duration.ofSeconds(1));
    static final Setting<Duration> HEARTBEAT = Setting.of(
                    "hookseal.inbox.heartbeat",
                    SettingType.DURATION,
                    "How often a node shows that it lives; one that misses 4 is dead, and others take its deliveries.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10))
            .withDefault(Duration.ofSeconds(10));
    static final Setting<Duration> SHUTDOWN_WAIT = Setting.of(
                    "hookseal.inbox.shutdown-wait",
                    SettingType.DURATION,
                    "How long running listeners may take when the application ends, before they are interrupted.")
            .between(Duration.ofMillis(1), Duration.ofHours(1))
            .withDefault(Duration.ofSeconds(25));
    static final Setting<Duration> PARKED_RETENTION = Setting.of(
                    "hookseal.inbox.parked-retention",
                    SettingType.DURATION,
                    "After how long a parked delivery is deleted.")
            .between(Duration.ofHours(1), Duration.ofDays(3650))
            .otherwise("never");

    /** Called by core. */
    public InboxSettings() {}

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                WORKERS,
                MAX_ATTEMPTS,
                BACKOFF_INITIAL,
                BACKOFF_MULTIPLIER,
                BACKOFF_MAX,
                MAX_CRASHES,
                POLL_INTERVAL,
                HEARTBEAT,
                SHUTDOWN_WAIT,
                PARKED_RETENTION);
    }
}
