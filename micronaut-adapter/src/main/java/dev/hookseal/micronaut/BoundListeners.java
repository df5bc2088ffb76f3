package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** The listeners of the application with their endpoints. */
@Singleton
final class BoundListeners {
    private final List<Bound> all;

    /** A listener, and the endpoint with the events that it takes. */
    record Bound(ListenerMethod method, EndpointBinding<?> binding) {
        String name() {
            return method.name();
        }
    }

    /**
     * Binds them.
     *
     * @throws WebhookConfigurationException if one has an endpoint that is not configured, or an event that it cannot get
     */
    BoundListeners(ListenerMethods methods, EndpointRegistry endpoints) {
        this.all = methods.all().stream()
                .map(method ->
                        new Bound(method, endpoints.bind(method.annotation(), method.name(), method.eventTypes())))
                .toList();
    }

    List<Bound> all() {
        return all;
    }

    /**
     * Returns the binding by which Hookseal itself receives for an endpoint. That of any of its listeners will do: the
     * receiver hands the events of all of them to the inbox first, and ignores the others.
     */
    EndpointBinding<?> bindingOf(String endpoint) {
        return all.stream()
                .map(Bound::binding)
                .filter(binding -> binding.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }
}
