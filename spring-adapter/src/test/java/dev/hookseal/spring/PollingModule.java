package dev.hookseal.spring;

import dev.hookseal.config.ModuleSettings;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import java.time.Duration;
import java.util.List;

/** A module on the class path of the tests that adds a key to the configuration. */
public final class PollingModule implements ModuleSettings {
    static final Setting<Duration> INTERVAL = Setting.of(
                    "hookseal.polling.interval", SettingType.DURATION, "How often the module looks.")
            .between(Duration.ofSeconds(1), Duration.ofHours(1))
            .withDefault(Duration.ofMinutes(1));

    @Override
    public List<Setting<?>> settings() {
        return List.of(INTERVAL);
    }
}
