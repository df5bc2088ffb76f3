package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The properties below {@code hookseal} that no endpoint has: core's, and those of the modules on the class path. In
 * Spring and Micronaut it is a bean, from which a module reads its values:
 *
 * <pre>{@code
 * Duration timeout = properties.value(JdbcSettings.TIMEOUT).orElseThrow();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class GlobalProperties {
    static final Setting<Duration> BODY_TIMEOUT = Setting.of(
                    "hookseal.body-timeout",
                    SettingType.DURATION,
                    "The time within which a whole body must arrive; after it, the sender gets 408.")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(5))
            .withDefault(BodyLimits.DEFAULT_TIMEOUT);
    static final Setting<Long> BODY_BUDGET = Setting.of(
                    "hookseal.body-budget",
                    SettingType.SIZE,
                    "How much memory all bodies that are still arriving may use together, and the same amount again"
                            + " for bodies of up to 64 KB; beyond it, a sender gets 503.")
            .atLeast(1024L * 1024)
            .otherwise("a tenth of the heap");
    static final Setting<String> STORE_TYPE = Setting.of(
                    "hookseal.store.type",
                    SettingType.TEXT,
                    "Which store remembers deliveries: `memory`, or the one of a module, such as `jdbc`.")
            .otherwise("the module's, if there is one, or else `memory`");
    static final Setting<Integer> MAX_REMEMBERED = Setting.of(
                    "hookseal.store.max-deliveries",
                    SettingType.WHOLE_NUMBER,
                    "How many deliveries the in-memory store remembers.")
            .atLeast(1)
            .withDefault(InMemoryDeliveryStore.DEFAULT_MAX_DELIVERIES);
    static final Setting<String> KEEP = Setting.of(
                    "hookseal.rejected.keep",
                    SettingType.TEXT,
                    "A directory in which rejected deliveries are kept, for `hookseal explain`.")
            .otherwise("nothing is kept");
    static final Setting<Integer> MAX_KEPT = Setting.of(
                    "hookseal.rejected.max-deliveries",
                    SettingType.WHOLE_NUMBER,
                    "How many rejected deliveries are kept; the oldest are deleted.")
            .between(1, 100_000)
            .withDefault(RejectedDeliveryFiles.DEFAULT_MAX_DELIVERIES);
    static final Setting<Long> MAX_KEPT_SIZE = Setting.of(
                    "hookseal.rejected.max-size",
                    SettingType.SIZE,
                    "The total size of the rejected deliveries that are kept.")
            .atLeast(64L * 1024)
            .withDefault(RejectedDeliveryFiles.DEFAULT_MAX_BYTES);

    private static final String IN_MEMORY = "memory";

    /** Core's own, without those of modules. */
    public static final List<Setting<?>> OF_CORE =
            List.of(BODY_TIMEOUT, BODY_BUDGET, STORE_TYPE, MAX_REMEMBERED, KEEP, MAX_KEPT, MAX_KEPT_SIZE);

    /** Nothing is set. */
    public static final GlobalProperties NONE = new GlobalProperties(Map.of());

    private final Map<String, PropertyValue> values;

    /**
     * Takes the values as a framework has read them.
     *
     * @param values by the whole name, for those of {@link #settings()} that are set
     * @throws WebhookConfigurationException if one is not of its type or out of its bounds
     */
    public GlobalProperties(Map<String, PropertyValue> values) {
        this.values = Map.copyOf(values);
        if (!values.isEmpty()) {
            settings().forEach(setting -> value(setting));
        }
    }

    /**
     * Returns the properties with these values, for a configuration that no framework reads.
     *
     * @param values by the whole name: a text, or a value of the setting's type
     * @throws WebhookConfigurationException if one is not of its type or out of its bounds
     */
    public static GlobalProperties of(Map<String, ?> values) {
        Map<String, PropertyValue> all = new HashMap<>();
        values.forEach((name, value) -> all.put(name, PropertyValue.of(value)));
        return new GlobalProperties(all);
    }

    /** Returns all of them, each with its whole name as the key: core's first, then those of the modules. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(OF_CORE);
        // the class loader that has core, whatever thread asks
        for (ModuleSettings module : ServiceLoader.load(ModuleSettings.class, ModuleSettings.class.getClassLoader())) {
            module.settings().forEach(setting -> all.add(checked(setting, module)));
        }
        return all;
    }

    private static Setting<?> checked(Setting<?> setting, ModuleSettings module) {
        if (!setting.key().startsWith("hookseal.") || setting.key().startsWith(KnownProperties.ENDPOINTS)) {
            throw new WebhookConfigurationException(
                    module.getClass().getName() + " declares the setting " + setting.key(),
                    "give it a name that begins with hookseal. and not with " + KnownProperties.ENDPOINTS);
        }
        return setting;
    }

    /** Returns the value of a setting, or else its default; empty if there is neither. */
    public <T extends Comparable<T>> Optional<T> value(Setting<T> setting) {
        PropertyValue value = values.get(setting.key());
        return value == null
                ? Optional.ofNullable(setting.defaultValue())
                : Optional.of(value.as(setting, setting.key()));
    }

    Duration bodyTimeout() {
        return value(BODY_TIMEOUT).orElseThrow();
    }

    BodyBudget bodyBudget() {
        return value(BODY_BUDGET).map(BodyBudget::ofBytes).orElseGet(BodyBudget::ofTheHeap);
    }

    /**
     * Opens the store that remembers deliveries: the one that {@code hookseal.store.type} names, or the only one that a
     * module offers, or else one in memory.
     *
     * @param offered the stores that the modules on the class path can open in this application
     * @param clock of the store in memory
     * @throws WebhookConfigurationException if several are offered and none is named, or the named one is not offered,
     *     or it cannot be opened
     */
    public DeliveryStore deliveryStore(List<? extends OfferedStore> offered, Clock clock) {
        List<String> types = offered.stream().map(OfferedStore::type).sorted().toList();
        String type = value(STORE_TYPE).orElse(null);
        if (type == null && types.size() > 1) {
            throw new WebhookConfigurationException(
                    "There are several stores for deliveries: " + String.join(", ", types),
                    "set " + STORE_TYPE.key() + " to one of them");
        }
        if (type == null ? types.isEmpty() : type.equals(IN_MEMORY)) {
            return new InMemoryDeliveryStore(clock, value(MAX_REMEMBERED).orElseThrow());
        }
        return offered.stream()
                .filter(store -> type == null || store.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new WebhookConfigurationException(
                        STORE_TYPE.key() + " is " + type + ", and there is no such store",
                        "set it to one of " + IN_MEMORY + (types.isEmpty() ? "" : ", ") + String.join(", ", types)
                                + ", or add the module of the store and the bean that it needs, such as a DataSource"))
                .open();
    }

    /**
     * Returns what keeps rejected deliveries; empty if no directory is set.
     *
     * @throws WebhookConfigurationException if the directory cannot be made or written to
     */
    public Optional<DeliveryObserver> rejectedDeliveries() {
        return value(KEEP)
                .filter(directory -> !directory.isBlank())
                .map(directory -> new RejectedDeliveryFiles(
                        path(directory),
                        value(MAX_KEPT).orElseThrow(),
                        value(MAX_KEPT_SIZE).orElseThrow()));
    }

    private static Path path(String directory) {
        try {
            return Path.of(directory);
        } catch (InvalidPathException e) {
            throw new WebhookConfigurationException(
                    KEEP.key() + " is " + directory + ", which is not a path (" + e.getReason() + ")",
                    "set it to a directory");
        }
    }
}
