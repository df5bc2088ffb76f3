package dev.hookseal.diagnostics;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookProviders;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds all providers that a delivery may be of: those on the class path, and those that only a kit names. */
final class KnownProviders {
    private KnownProviders() {}

    /**
     * Returns an endpoint of each provider, without a secret.
     *
     * @param more kits that are not on the class path
     */
    static List<Endpoint> endpoints(Collection<ProviderKit> more) {
        Map<String, Endpoint> byName = new LinkedHashMap<>();
        Stream.concat(more.stream(), WebhookProviders.kits().stream())
                .map(kit -> Endpoint.of(kit.provider(), kit))
                .forEach(endpoint -> byName.putIfAbsent(endpoint.provider().name(), endpoint));
        for (WebhookProvider<?> provider : WebhookProviders.load()) {
            byName.putIfAbsent(provider.name(), Endpoint.of(provider, null));
        }
        return List.copyOf(byName.values());
    }
}
