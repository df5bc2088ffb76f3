package dev.hookseal.config;

import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The providers of an application, by name. */
final class Providers {
    private final Map<String, WebhookProvider<?>> byCanonicalName = new TreeMap<>();

    private Providers() {}

    /** Returns those on the class path and the application's own; of two with the same name, the application's. */
    static Providers of(Collection<? extends WebhookProvider<?>> own) {
        Providers providers = new Providers();
        WebhookProviders.load().forEach(providers::add);
        own.forEach(providers::add);
        return providers;
    }

    private void add(WebhookProvider<?> provider) {
        byCanonicalName.put(EndpointName.canonical(provider.name()), provider);
    }

    /** Returns the provider of a name, however it is spelt; null if there is no such provider. */
    @Nullable
    WebhookProvider<?> find(String name) {
        return byCanonicalName.get(EndpointName.canonical(name));
    }

    Collection<WebhookProvider<?>> all() {
        return byCanonicalName.values();
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        all().forEach(provider -> names.add(provider.name()));
        return names;
    }
}
