package dev.hookseal.config;

import dev.hookseal.provider.Setting;
import java.util.List;

/**
 * The keys that a module adds to the configuration, such as those below {@code hookseal.store}. A module on the class
 * path names its implementation in {@code META-INF/services/dev.hookseal.config.ModuleSettings} and reads the values
 * from the application's {@link GlobalProperties}.
 *
 * @apiNote For authors of modules. A provider declares its keys in {@link
 *     dev.hookseal.provider.WebhookProvider#settings()} instead.
 * @since 0.1.0
 */
@FunctionalInterface
public interface ModuleSettings {
    /** Returns the settings, each with its whole name as the key: {@code hookseal.store.table}. */
    List<Setting<?>> settings();
}
