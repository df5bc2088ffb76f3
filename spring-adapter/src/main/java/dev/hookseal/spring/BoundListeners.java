package dev.hookseal.spring;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.HandlersByEvent;
import dev.hookseal.inbox.InboxDispatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The listeners with their endpoints. */
final class BoundListeners {
    private final ConfigurableListableBeanFactory beans;
    private final EndpointRegistry endpoints;
    private final List<Bound> all = new ArrayList<>();

    private record Bound(ListenerMethod method, ListenerParameters parameters, EndpointBinding<?> binding) {}

    /**
     * Binds them.
     *
     * @throws WebhookConfigurationException if one has an endpoint, event or parameter that cannot be, or two have the
     *     same event
     */
    BoundListeners(WebhookListeners listeners, EndpointRegistry endpoints) {
        this.beans = listeners.beans();
        this.endpoints = endpoints;
        Map<String, ListenerMethod> names = new HashMap<>();
        for (ListenerMethod method : listeners.all()) {
            ListenerParameters parameters = ListenerParameters.of(method.handler());
            EndpointBinding<?> binding = endpoints.bind(method.annotation(), method.toString(), parameters.events());
            ListenerMethod same = names.put(method.qualifiedName(), method);
            if (same != null) {
                throw new WebhookConfigurationException(
                        method + " is annotated with @WebhookListener, and there are two beans of its class, "
                                + same.bean() + " and " + method.bean(),
                        "remove one: a delivery goes to one listener");
            }
            all.add(new Bound(method, parameters, binding));
        }
        addTo(new HandlersByEvent());
    }

    /** Adds them to the handlers of the application. */
    void addTo(HandlersByEvent handlers) {
        all.forEach(each -> handlers.addListener(each.binding(), each.method().qualifiedName()));
    }

    /** Returns where Hookseal itself receives for endpoints with listeners: by path, the binding of all of their events. */
    Map<String, EndpointBinding<?>> byPath() {
        Map<String, EndpointBinding<?>> paths = new LinkedHashMap<>();
        endpoints.paths().forEach((endpoint, path) -> {
            List<EndpointBinding<?>> bindings = all.stream()
                    .<EndpointBinding<?>>map(Bound::binding)
                    .filter(binding -> binding.endpoint().equals(endpoint))
                    .toList();
            if (!bindings.isEmpty()) {
                paths.put(path, new EndpointBinding<>(bindings.get(0).receiver(), together(bindings)));
            }
        });
        return paths;
    }

    private static Set<String> together(List<EndpointBinding<?>> bindings) {
        if (bindings.stream().anyMatch(binding -> binding.events().isEmpty())) {
            return Set.of();
        }
        Set<String> events = new HashSet<>();
        bindings.forEach(binding -> events.addAll(binding.events()));
        return events;
    }

    /** Returns what calls the listeners. */
    InboxDispatcher dispatcher(ListenerTransactions transactions) {
        InboxDispatcher.Builder builder = InboxDispatcher.builder();
        for (Bound each : all) {
            add(
                    builder,
                    each,
                    each.binding(),
                    transactions.completes(each.method().handler()));
        }
        return builder.build();
    }

    private <E> void add(
            InboxDispatcher.Builder builder, Bound listener, EndpointBinding<E> binding, boolean completes) {
        binding.addListener(
                builder,
                listener.method().toString(),
                new ListenerCall<>(beans, listener.method(), listener.parameters()),
                completes);
    }

    /**
     * Checks the beans that have been made: their proxies have the listeners, and no listener shows only now.
     *
     * @throws WebhookConfigurationException if a listener could not be called
     */
    void checkBeans() {
        Set<String> known = new HashSet<>();
        for (Bound each : all) {
            known.add(each.method().qualifiedName());
            Object made = beans.getSingleton(each.method().bean());
            if (made != null && !beans.isFactoryBean(each.method().bean())) {
                ListenerCall.on(made, each.method());
            }
        }
        ListenerBeans.of(beans).stream()
                .filter(listener -> !known.contains(listener.qualifiedName()))
                .findFirst()
                .ifPresent(listener -> {
                    throw new WebhookConfigurationException(
                            listener + " is annotated with @WebhookListener, and that showed only once bean "
                                    + listener.bean() + " had been made",
                            "let the @Bean method that makes it return "
                                    + listener.handler().beanClass().getName());
                });
    }
}
