package dev.hookseal.adapter;

import dev.hookseal.EndpointSettings;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookProvider;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.delivery.DeliveryObserver;
import dev.hookseal.delivery.DeliveryStore;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The receivers of all configured endpoints, made and checked in the same way whatever the framework. Every problem is
 * found at start-up, and its message names the property to set.
 */
public final class ConfiguredEndpoints {
    private static final String PREFIX = "hookseal.endpoints.";

    private final Map<String, WebhookProvider<?>> providers = new TreeMap<>();
    private final Map<String, WebhookReceiver<?>> receivers = new LinkedHashMap<>();

    /**
     * Makes a receiver for each endpoint.
     *
     * @param ownProviders the application's, besides Extracta and FormFlow; one of the same name takes the place of
     *     those
     * @throws IllegalArgumentException if a value is wrong; the message names the property
     */
    public ConfiguredEndpoints(
            Map<String, EndpointProperties> endpoints,
            Collection<WebhookProvider<?>> ownProviders,
            DeliveryStore store,
            Clock clock,
            Collection<DeliveryObserver> observers) {
        add(new ExtractaProvider());
        add(new FormFlowProvider());
        ownProviders.forEach(this::add);
        endpoints.forEach((name, values) -> {
            WebhookProvider<?> provider = provider(name, values);
            receivers.put(name, receiver(name, values, provider, store, clock, observers));
        });
    }

    private void add(WebhookProvider<?> provider) {
        providers.put(provider.name(), provider);
    }

    private WebhookProvider<?> provider(String name, EndpointProperties values) {
        String wanted = values.provider() == null ? name : values.provider();
        WebhookProvider<?> provider = providers.get(wanted);
        if (provider == null) {
            throw new IllegalArgumentException("There is no webhook provider " + wanted + ": set " + PREFIX + name
                    + ".provider to one of " + providers.keySet() + ", or define a WebhookProvider of that name");
        }
        return provider;
    }

    private static <E> WebhookReceiver<E> receiver(
            String name,
            EndpointProperties values,
            WebhookProvider<E> provider,
            DeliveryStore store,
            Clock clock,
            Collection<DeliveryObserver> observers) {
        EndpointSettings.Builder settings = EndpointSettings.builder(name).clock(clock);
        settings.secrets(ConfiguredSecrets.read(PREFIX + name, values, provider));
        if (values.maxBodyBytes() != null) {
            settings.maxBodyBytes(
                    (int) Math.max(Integer.MIN_VALUE, Math.min(values.maxBodyBytes(), Integer.MAX_VALUE)));
        }
        if (values.tolerance() != null) {
            settings.tolerance(values.tolerance());
        }
        if (values.replayWindow() != null) {
            settings.replayWindow(values.replayWindow());
        }
        if (values.repeatWindow() != null) {
            settings.repeatWindow(values.repeatWindow());
        }
        WebhookReceiver.Builder<E> receiver =
                WebhookReceiver.builder(provider, settings.build()).store(store);
        if (values.lease() != null) {
            receiver.lease(values.lease());
        }
        observers.forEach(receiver::observer);
        return receiver.build();
    }

    /** All endpoints by name, in the order of the configuration. */
    public Map<String, WebhookReceiver<?>> receivers() {
        return Collections.unmodifiableMap(receivers);
    }

    /**
     * What an annotated handler comes to.
     *
     * @param handler for messages, such as {@code OrderController.received}
     * @param eventParameters the event types among the handler's parameters: the class of the event, or the {@code E}
     *     of a {@code VerifiedWebhook<E>}
     * @throws IllegalStateException if the endpoint is not configured, cannot have one of the events, has no secret for
     *     one, or has events of another type
     */
    public WebhookRoute<?> route(WebhookEndpoint annotation, String handler, List<Class<?>> eventParameters) {
        String name = annotation.value();
        WebhookReceiver<?> receiver = receivers.get(name);
        if (receiver == null) {
            throw new IllegalStateException(handler + " is annotated with @WebhookEndpoint(\"" + name
                    + "\"), and no such endpoint is configured: set " + PREFIX + name + ".secret"
                    + (receivers.isEmpty() ? "" : ", or use one of " + new TreeSet<>(receivers.keySet())));
        }
        for (Class<?> parameter : eventParameters) {
            checkParameter(receiver, parameter, handler);
        }
        try {
            return new WebhookRoute<>(receiver, Set.copyOf(List.of(annotation.events())));
        } catch (IllegalArgumentException e) {
            // without a cause: a framework shows the innermost one, which does not know the handler
            throw new IllegalStateException(
                    handler + " asks in its @WebhookEndpoint for an event that it cannot get. " + e.getMessage());
        }
    }

    private static void checkParameter(WebhookReceiver<?> receiver, Class<?> parameter, String handler) {
        Class<?> eventClass = receiver.provider().eventClass();
        if (!parameter.isAssignableFrom(eventClass)) {
            throw new IllegalStateException(handler + " has a parameter for events of type " + parameter.getName()
                    + ", and those of endpoint " + receiver.settings().name() + " are " + eventClass.getName()
                    + ": change the parameter, or the endpoint in its @WebhookEndpoint");
        }
    }

    /**
     * Whether only a verified delivery can give a value of this type: the proof, or some provider's event. A handler
     * with such a parameter has to be annotated.
     */
    public boolean needsVerification(Class<?> parameter) {
        return VerifiedWebhook.class.isAssignableFrom(parameter)
                || providers.values().stream()
                        .anyMatch(provider -> provider.eventClass().isAssignableFrom(parameter));
    }

    /**
     * What is wrong with a handler that has such a parameter and is not annotated.
     *
     * @param handler for the message, such as {@code OrderController.received}
     */
    public static IllegalStateException notAnnotated(String handler, Class<?> parameter) {
        return new IllegalStateException(handler + " has a parameter of type " + parameter.getName()
                + ", which only a verified delivery gives: annotate the method with @WebhookEndpoint(\"<endpoint>\")");
    }
}
