package dev.hookseal.config;

import dev.hookseal.WebhookConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The controller methods and listeners of an application's endpoints. An event of an endpoint has one of them: a second
 * one would be told that the first has handled the delivery already.
 *
 * <p>An adapter adds each at start-up, and then calls {@link #check}. Not for use by several threads.
 */
public final class HandlersByEvent {
    private final Map<String, List<Handler>> handlers = new LinkedHashMap<>();

    private record Handler(String name, Set<String> events, boolean isListener) {
        private boolean sharesAnEventWith(Handler other) {
            if (isListener != other.isListener) {
                // a controller without named events takes those that no listener takes
                Handler listener = isListener ? this : other;
                Handler controller = isListener ? other : this;
                return listener.events.isEmpty() || controller.events.stream().anyMatch(listener.events::contains);
            }
            return events.isEmpty() || other.events.isEmpty() || events.stream().anyMatch(other.events::contains);
        }
    }

    /** Creates an application without handlers yet. */
    public HandlersByEvent() {}

    /**
     * Adds a controller method. Adding one of the same name again changes nothing.
     *
     * @param handler its class and method, such as {@code OrderController.received}
     * @throws WebhookConfigurationException if another handler of the endpoint can get one of the same events
     */
    public void add(EndpointBinding<?> binding, String handler) {
        add(binding, new Handler(handler, binding.events(), false));
    }

    /**
     * Adds a listener. Adding one of the same name again changes nothing.
     *
     * @param listener its class and method, such as {@code Orders.received}
     * @throws WebhookConfigurationException if another handler of the endpoint can get one of the same events
     */
    public void addListener(EndpointBinding<?> binding, String listener) {
        add(binding, new Handler(listener, binding.events(), true));
    }

    private void add(EndpointBinding<?> binding, Handler handler) {
        List<Handler> others = handlers.computeIfAbsent(binding.endpoint(), endpoint -> new ArrayList<>());
        for (Handler other : others) {
            if (!other.name.equals(handler.name) && other.sharesAnEventWith(handler)) {
                throw handler.isListener || other.isListener
                        ? sharedWithListener(binding, handler, other)
                        : shared(binding, handler, other);
            }
        }
        others.add(handler);
    }

    /**
     * Checks that deliveries for listeners arrive, and that what arrives has a listener.
     *
     * @param paths where Hookseal itself receives: {@link EndpointRegistry#paths()}
     * @throws WebhookConfigurationException if an endpoint has listeners and neither a path nor a controller, a path and
     *     no listener, or both a path and a controller
     */
    public void check(Map<String, String> paths) {
        handlers.forEach((endpoint, all) -> {
            Handler controller =
                    all.stream().filter(each -> !each.isListener).findFirst().orElse(null);
            if (controller == null && !paths.containsKey(endpoint)) {
                throw new WebhookConfigurationException(
                        "Endpoint " + endpoint + " has the listener " + all.get(0).name
                                + ", and nothing receives its deliveries",
                        "set hookseal.endpoints." + endpoint + ".path to where they arrive, such as /webhooks/"
                                + endpoint);
            }
            if (controller != null && paths.containsKey(endpoint)) {
                throw new WebhookConfigurationException(
                        "hookseal.endpoints." + endpoint + ".path is set, and " + controller.name
                                + " receives the deliveries of the same endpoint",
                        "remove one of them: a listener gets its events wherever they arrive");
            }
        });
        paths.forEach((endpoint, path) -> {
            if (!handlers.containsKey(endpoint)) {
                throw new WebhookConfigurationException(
                        "hookseal.endpoints." + endpoint + ".path is " + path + ", and the endpoint has no listener",
                        "annotate a method of a bean with @WebhookListener(\"" + endpoint
                                + "\"), or remove the path if a controller receives");
            }
        });
    }

    private static WebhookConfigurationException sharedWithListener(
            EndpointBinding<?> binding, Handler handler, Handler other) {
        return new WebhookConfigurationException(
                other.name + " and " + handler.name + " of endpoint " + binding.endpoint() + " both take "
                        + shared(handler, other) + ", and a delivery goes to one listener or one controller",
                "let each name its own events, or call both pieces of work from one listener");
    }

    private static WebhookConfigurationException shared(EndpointBinding<?> binding, Handler handler, Handler other) {
        return new WebhookConfigurationException(
                other.name + " and " + handler.name + " are both handlers of endpoint " + binding.endpoint() + " for "
                        + shared(handler, other)
                        + ", and an endpoint handles each delivery once: the second one would never run",
                "use two endpoints with the same provider, such as hookseal.endpoints." + binding.endpoint()
                        + "-2.provider=" + binding.receiver().provider().name()
                        + " with its own secret, or let each handler name its own events in @WebhookEndpoint");
    }

    private static String shared(Handler handler, Handler other) {
        Set<String> events = new TreeSet<>(handler.events.isEmpty() ? other.events : handler.events);
        if (!handler.events.isEmpty() && !other.events.isEmpty()) {
            events.retainAll(other.events);
        }
        return events.isEmpty()
                ? "every event"
                : events.size() == 1 ? "event " + events.iterator().next() : "the events " + events;
    }
}
