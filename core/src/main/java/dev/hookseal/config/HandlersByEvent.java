package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The handlers of an application's endpoints. An endpoint has one handler for an event: a second one, at another path,
 * would be told that the first has handled the delivery already.
 *
 * <p>An adapter adds each handler at start-up. Not for use by several threads.
 */
public final class HandlersByEvent {
    private final Map<String, List<Handler>> handlers = new HashMap<>();

    private record Handler(String name, Set<String> events) {
        private boolean sharesAnEventWith(Set<String> others) {
            return events.isEmpty() || others.isEmpty() || others.stream().anyMatch(events::contains);
        }
    }

    /** Creates an application without handlers yet. */
    public HandlersByEvent() {}

    /**
     * Adds a handler. Adding one of the same name again changes nothing.
     *
     * @param handler its class and method, such as {@code OrderController.received}
     * @throws WebhookConfigurationException if another handler of the endpoint can get one of the same events
     */
    public void add(EndpointBinding<?> binding, String handler) {
        List<Handler> others = handlers.computeIfAbsent(binding.endpoint(), endpoint -> new ArrayList<>());
        for (Handler other : others) {
            if (!other.name.equals(handler) && other.sharesAnEventWith(binding.events())) {
                throw shared(binding, handler, other);
            }
        }
        others.add(new Handler(handler, binding.events()));
    }

    private static WebhookConfigurationException shared(EndpointBinding<?> binding, String handler, Handler other) {
        Set<String> events = new TreeSet<>(binding.events().isEmpty() ? other.events : binding.events());
        if (!binding.events().isEmpty() && !other.events.isEmpty()) {
            events.retainAll(other.events);
        }
        return new WebhookConfigurationException(
                other.name + " and " + handler + " are both handlers of endpoint " + binding.endpoint() + " for "
                        + (events.isEmpty()
                                ? "every event"
                                : events.size() == 1
                                        ? "event " + events.iterator().next()
                                        : "the events " + events)
                        + ", and an endpoint handles each delivery once: the second one would never run",
                "use two endpoints with the same provider, such as hookseal.endpoints." + binding.endpoint()
                        + "-2.provider=" + binding.receiver().provider().name()
                        + " with its own secret, or let each handler name its own events in @WebhookEndpoint");
    }
}
