package dev.hookseal.config;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyBudget;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.store.DeliveryStore;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receivers of all configured endpoints, made and checked in the same way whatever the framework. Every problem is
 * found at start-up, and its message names the property to set.
 */
public final class EndpointRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistry.class);
    private static final String PREFIX = "hookseal.endpoints.";

    private final Providers providers;
    private final Map<String, WebhookReceiver<?>> receivers = new LinkedHashMap<>();
    private final Map<String, WebhookReceiver<?>> byCanonicalName = new HashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final @Nullable InboxListeners inbox;

    private EndpointRegistry(Builder with) {
        Map<String, EndpointDeliveryId<?>> ids = byEndpoint(with.ids);
        this.providers = Providers.of(with.providers);
        this.inbox = with.inbox;
        BodyBudget budget = with.global.bodyBudget();
        Map<String, NamedSource> sources = sources(with.secrets);
        DeliveryStore store = with.store == null ? new InMemoryDeliveryStore(with.clock) : with.store;
        named(with.endpoints, sources.values()).forEach((canonical, named) -> {
            WebhookProvider<?> provider = provider(named);
            boolean enabled = named.values().isEnabled(named.property());
            EndpointSettings.Builder settings =
                    EndpointSettings.builder(named.name()).clock(with.clock);
            named.values().applyTo(settings, provider, named.property());
            settings.secrets(enabled ? secrets(named, provider, sources.get(canonical)) : type -> List.of());
            WebhookReceiver.Builder<?> builder = WebhookReceiver.builder(provider, settings.build())
                    .store(store)
                    .bodyTimeout(with.global.bodyTimeout())
                    .bodyBudget(budget);
            with.observers.forEach(builder::observer);
            applyId(ids.remove(canonical), builder, provider);
            if (!enabled) {
                LOG.info("Endpoint {} is disabled by {}.enabled: it answers 404", named.name(), named.property());
                builder.disabled();
            }
            if (inbox != null && inbox.hasListener(canonical)) {
                builder.inbox(inbox.inbox(), inbox.events(canonical));
            }
            WebhookReceiver<?> receiver = builder.build();
            receivers.put(named.name(), receiver);
            byCanonicalName.put(canonical, receiver);
            named.values().path(named.property()).ifPresent(path -> addPath(named, path));
        });
        ids.values().stream().findFirst().ifPresent(id -> {
            throw new WebhookConfigurationException(
                    "There is an EndpointDeliveryId for endpoint " + id.endpoint() + ", which is not configured",
                    "use one of " + new TreeSet<>(receivers.keySet()));
        });
    }

    private void addPath(Named endpoint, String path) {
        paths.forEach((name, other) -> {
            if (other.equals(path)) {
                throw new WebhookConfigurationException(
                        endpoint.property() + ".path is " + path + ", and so is that of endpoint " + name,
                        "give each endpoint a different one");
            }
        });
        paths.put(endpoint.name(), path);
    }

    /** Begins a registry of the endpoints below {@code hookseal.endpoints}, by name. */
    public static Builder builder(Map<String, EndpointProperties> endpoints) {
        return new Builder(endpoints);
    }

    private static Map<String, EndpointDeliveryId<?>> byEndpoint(Collection<EndpointDeliveryId<?>> ownIds) {
        Map<String, EndpointDeliveryId<?>> ids = new LinkedHashMap<>();
        for (EndpointDeliveryId<?> id : ownIds) {
            if (ids.put(EndpointName.canonical(id.endpoint()), id) != null) {
                throw new WebhookConfigurationException(
                        "There are two EndpointDeliveryIds for endpoint " + id.endpoint(), "remove one of them");
            }
        }
        return ids;
    }

    @SuppressWarnings("unchecked") // the builder is of the provider
    private static <E> void applyId(
            @Nullable EndpointDeliveryId<?> id, WebhookReceiver.Builder<?> builder, WebhookProvider<E> provider) {
        if (id != null) {
            id.applyTo((WebhookReceiver.Builder<E>) builder, provider.eventClass());
        }
    }

    private record Named(String name, EndpointProperties values) {
        String property() {
            return PREFIX + name;
        }
    }

    private record NamedSource(String name, SecretSource secrets) {}

    private static Map<String, Named> named(
            Map<String, EndpointProperties> endpoints, Collection<NamedSource> sources) {
        Map<String, Named> all = new LinkedHashMap<>();
        endpoints.forEach((spelling, values) -> {
            String name = EndpointName.display(spelling);
            // the spelling with hyphens says more than that of an environment variable, which has none
            all.merge(
                    EndpointName.canonical(name),
                    new Named(name, values),
                    (one, other) -> new Named(
                            one.name.length() >= name.length() ? one.name : name,
                            one.values.and(values, one.property())));
        });
        sources.forEach(source -> all.putIfAbsent(
                EndpointName.canonical(source.name()),
                new Named(EndpointName.display(source.name()), EndpointProperties.NONE)));
        return all;
    }

    private static Map<String, NamedSource> sources(Collection<EndpointSecrets> ownSecrets) {
        Map<String, NamedSource> sources = new LinkedHashMap<>();
        for (EndpointSecrets own : ownSecrets) {
            NamedSource source = new NamedSource(own.endpoint(), own.secrets());
            if (sources.put(EndpointName.canonical(own.endpoint()), source) != null) {
                throw new WebhookConfigurationException(
                        "There are two EndpointSecrets for endpoint " + own.endpoint(), "remove one of them");
            }
        }
        return sources;
    }

    private static SecretSource secrets(Named endpoint, WebhookProvider<?> provider, @Nullable NamedSource own) {
        if (own == null) {
            return ConfiguredSecrets.read(endpoint.property(), endpoint.values(), provider);
        }
        if (endpoint.values().secret() != null || !endpoint.values().secrets().isEmpty()) {
            throw new WebhookConfigurationException(
                    "Endpoint " + endpoint.name() + " has secrets among the properties below " + endpoint.property()
                            + ", and EndpointSecrets give some as well",
                    "remove one of them");
        }
        return own.secrets();
    }

    private WebhookProvider<?> provider(Named endpoint) {
        String set = endpoint.values().provider(endpoint.property());
        String wanted = set == null ? endpoint.name() : set;
        WebhookProvider<?> provider = providers.find(wanted);
        if (provider == null) {
            throw new WebhookConfigurationException(
                    set == null
                            ? "Endpoint " + wanted + " does not say whose deliveries it receives, and there is no"
                                    + " provider of its name"
                            : endpoint.property() + ".provider is " + wanted + ", and there is no such provider",
                    "set " + endpoint.property() + ".provider to one of " + providers.names()
                            + ", or define a WebhookProvider of that name");
        }
        return provider;
    }

    /**
     * Returns all endpoints in the order of the configuration, by name. A name is in lower case with hyphens, such as
     * {@code orders-eu}, however the configuration spells it. Those that are disabled are among them.
     */
    public Map<String, WebhookReceiver<?>> receivers() {
        return Collections.unmodifiableMap(receivers);
    }

    /**
     * Returns where Hookseal itself receives for endpoints that have listeners: {@code hookseal.endpoints.<name>.path} by
     * the endpoint's name, in the order of the configuration.
     */
    public Map<String, String> paths() {
        return Collections.unmodifiableMap(paths);
    }

    /**
     * Returns the binding of an annotated handler.
     *
     * @param handler for messages, such as {@code OrderController.received}
     * @param eventParameters the event types among the handler's parameters: the class of the event, or the {@code E}
     *     of a {@code VerifiedWebhook<E>}
     * @throws WebhookConfigurationException if the endpoint is not configured, cannot have one of the events, has no
     *     secret for one, or has events of another type
     */
    public EndpointBinding<?> bind(WebhookEndpoint annotation, String handler, List<Class<?>> eventParameters) {
        return bind(
                annotation.value(),
                Set.copyOf(List.of(annotation.events())),
                "@" + WebhookEndpoint.class.getSimpleName(),
                handler,
                eventParameters);
    }

    /**
     * Returns the binding of an annotated listener.
     *
     * @param listener for messages, such as {@code Orders.submitted}
     * @param eventParameters the event types among the listener's parameters
     * @throws WebhookConfigurationException if the endpoint is not configured, cannot have one of the events, has no
     *     secret for one, or has events of another type
     */
    public EndpointBinding<?> bind(WebhookListener annotation, String listener, List<Class<?>> eventParameters) {
        return bind(
                annotation.value(),
                Set.copyOf(List.of(annotation.events())),
                "@" + WebhookListener.class.getSimpleName(),
                listener,
                eventParameters);
    }

    private EndpointBinding<?> bind(
            String name, Set<String> events, String annotation, String handler, List<Class<?>> eventParameters) {
        WebhookReceiver<?> receiver = byCanonicalName.get(EndpointName.canonical(name));
        if (receiver == null) {
            String property = PREFIX + EndpointName.display(name);
            throw new WebhookConfigurationException(
                    handler + " is annotated with " + annotation + "(\"" + name
                            + "\"), and no such endpoint is configured",
                    setSecret(property, providers.find(name))
                            + (receivers.isEmpty() ? "" : ", or use one of " + new TreeSet<>(receivers.keySet())));
        }
        for (Class<?> parameter : eventParameters) {
            checkParameter(receiver, parameter, annotation, handler);
        }
        try {
            return new EndpointBinding<>(receiver, events);
        } catch (WebhookConfigurationException e) {
            throw new WebhookConfigurationException(
                    handler + " names an event in its " + annotation + " that it cannot get. " + e.description(),
                    e.action());
        }
    }

    /** Returns what to set for an endpoint without a secret. */
    static String setSecret(String property, @Nullable WebhookProvider<?> provider) {
        if (provider == null) {
            return "set " + property + ".secret, or " + property + ".secrets.<event>, and " + property + ".provider";
        }
        return provider.hasSecretPerEvent()
                ? "set " + property + ".secrets.<event> for each event that you subscribe to, such as " + property
                        + ".secrets." + new TreeSet<>(provider.eventNames()).first() + ", or " + property
                        + ".secret if all have the same"
                : "set " + property + ".secret";
    }

    private static void checkParameter(
            WebhookReceiver<?> receiver, Class<?> parameter, String annotation, String handler) {
        Class<?> eventClass = receiver.provider().eventClass();
        if (!parameter.isAssignableFrom(eventClass)) {
            throw new WebhookConfigurationException(
                    handler + " has a parameter for events of type " + parameter.getName() + ", and those of endpoint "
                            + receiver.settings().name() + " are " + eventClass.getName(),
                    "change the parameter, or the endpoint in its " + annotation);
        }
    }

    /**
     * Returns whether only a verified delivery can give a value of this type: the proof, or some provider's event. A
     * handler with such a parameter has to be annotated.
     */
    public boolean needsVerification(Class<?> parameter) {
        return VerifiedWebhook.class.isAssignableFrom(parameter)
                || providers.all().stream()
                        .anyMatch(provider -> provider.eventClass().isAssignableFrom(parameter));
    }

    /**
     * Returns what is wrong with a handler that has such a parameter and is not annotated.
     *
     * @param handler for the message, such as {@code OrderController.received}
     */
    public static WebhookConfigurationException notAnnotated(String handler, Class<?> parameter) {
        return new WebhookConfigurationException(
                handler + " has a parameter of type " + parameter.getName() + ", which only a verified delivery gives",
                "annotate the method with @WebhookEndpoint(\"<endpoint>\")");
    }

    /** Collects what the receivers work with. */
    public static final class Builder {
        private final Map<String, EndpointProperties> endpoints;
        private GlobalProperties global = GlobalProperties.NONE;
        private Collection<WebhookProvider<?>> providers = List.of();
        private Collection<EndpointSecrets> secrets = List.of();
        private Collection<EndpointDeliveryId<?>> ids = List.of();
        private Collection<DeliveryObserver> observers = List.of();
        private Clock clock = Clock.systemUTC();
        private @Nullable DeliveryStore store;
        private @Nullable InboxListeners inbox;

        private Builder(Map<String, EndpointProperties> endpoints) {
            this.endpoints = endpoints;
        }

        /** Sets what holds for all endpoints. */
        public Builder properties(GlobalProperties properties) {
            this.global = properties;
            return this;
        }

        /**
         * Adds the application's providers to those on the class path; one of the same name takes the place of one of
         * those.
         */
        public Builder providers(Collection<WebhookProvider<?>> own) {
            this.providers = own;
            return this;
        }

        /** Sets where the application gives an endpoint's secrets itself. */
        public Builder secrets(Collection<EndpointSecrets> own) {
            this.secrets = own;
            return this;
        }

        /** Sets where the application identifies an endpoint's deliveries itself. */
        public Builder deliveryIds(Collection<EndpointDeliveryId<?>> own) {
            this.ids = own;
            return this;
        }

        /** Sets where deliveries are remembered; in memory unless set. */
        public Builder store(DeliveryStore shared) {
            this.store = shared;
            return this;
        }

        /** Sets the clock by which the times of deliveries are checked; the system's unless set. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** Sets who hears each outcome, besides the log. */
        public Builder observers(Collection<DeliveryObserver> all) {
            this.observers = all;
            return this;
        }

        /** Sets the inbox, and which events of which endpoint have a listener. */
        public Builder inbox(InboxListeners listeners) {
            this.inbox = listeners;
            return this;
        }

        /**
         * Makes a receiver for each endpoint.
         *
         * @throws WebhookConfigurationException if a value is wrong; the message names the property
         */
        public EndpointRegistry build() {
            return new EndpointRegistry(this);
        }
    }
}
