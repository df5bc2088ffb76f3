package dev.hookseal.provider;

import dev.hookseal.WebhookConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds the providers on the class path, and their kits, by {@link ServiceLoader}: one named in a file
 * {@code META-INF/services/dev.hookseal.provider.WebhookProvider} or {@code ...ProviderKit}.
 *
 * @since 0.1.0
 */
public final class WebhookProviders {
    private WebhookProviders() {}

    /** Returns the providers on the class path, each once. */
    public static List<WebhookProvider<?>> load() {
        List<WebhookProvider<?>> providers = new ArrayList<>();
        load(WebhookProvider.class).forEach(providers::add);
        return List.copyOf(providers);
    }

    /** Returns the kits on the class path, each once. */
    public static List<ProviderKit> kits() {
        return load(ProviderKit.class);
    }

    /** Returns the kit of a provider; empty if none is on the class path. */
    public static Optional<ProviderKit> kit(String provider) {
        return kits().stream()
                .filter(kit -> kit.provider().name().equals(provider))
                .findFirst();
    }

    // An application server's class loader does not always see what the thread's does, nor the other way round.
    private static <T> List<T> load(Class<T> type) {
        Map<Class<?>, T> byClass = new LinkedHashMap<>();
        try {
            ServiceLoader.load(type, type.getClassLoader()).forEach(each -> byClass.putIfAbsent(each.getClass(), each));
            ServiceLoader.load(type).forEach(each -> byClass.putIfAbsent(each.getClass(), each));
        } catch (ServiceConfigurationError e) {
            throw new WebhookConfigurationException(
                    "A " + type.getSimpleName() + " on the class path cannot be loaded: " + e.getMessage(),
                    "correct its name in META-INF/services/" + type.getName() + ", or remove its jar");
        }
        return List.copyOf(byClass.values());
    }
}
