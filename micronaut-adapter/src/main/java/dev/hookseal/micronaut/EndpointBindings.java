package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.config.HandlersByEvent;
import io.micronaut.core.type.Argument;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bindings of the application's routes that carry {@link WebhookEndpoint}, resolved once and remembered. */
@Singleton
final class EndpointBindings {
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    private final EndpointRegistry endpoints;
    private final BoundListeners listeners;
    private final InboxRoutes inboxRoutes;
    private final Map<RouteInfo<?>, EndpointBinding<?>> bindings = new ConcurrentHashMap<>();

    private final Supplier<List<UriRouteInfo<?, ?>>> ofEndpoints;

    EndpointBindings(
            EndpointRegistry endpoints, BoundListeners listeners, InboxRoutes inboxRoutes, Provider<Router> router) {
        this.endpoints = endpoints;
        this.listeners = listeners;
        this.inboxRoutes = inboxRoutes;
        // not before all routes are known
        this.ofEndpoints = SupplierUtil.memoized(() ->
                router.get().uriRoutes().distinct().filter(this::isOfAnEndpoint).toList());
    }

    private boolean isOfAnEndpoint(RouteInfo<?> route) {
        return isAnnotated(route) || inboxRoutes.endpointOf(route) != null;
    }

    private static boolean isAnnotated(RouteInfo<?> route) {
        return route.getAnnotationMetadata().hasStereotype(WebhookEndpoint.class);
    }

    /** Returns whether the path is one of an endpoint, whatever the method. */
    boolean areAt(String path) {
        for (UriRouteInfo<?, ?> route : ofEndpoints.get()) {
            if (route.getUriMatchTemplate().match(path).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the endpoint at the path, for a request with a method that nothing is mapped to; null without one.
     */
    @Nullable
    EndpointBinding<?> at(String path) {
        return ofEndpoints.get().stream()
                .filter(route -> route.match(path).isPresent())
                .findFirst()
                .map(this::of)
                .orElse(null);
    }

    /**
     * Returns the binding of a route; null for a route that is neither annotated nor the path of an endpoint.
     *
     * @throws WebhookConfigurationException if something is wrong with it, which the start-up check finds first
     */
    @Nullable
    EndpointBinding<?> of(RouteInfo<?> route) {
        EndpointBinding<?> known = bindings.get(route);
        return known == null && isOfAnEndpoint(route) ? resolved(route) : known;
    }

    private EndpointBinding<?> resolved(RouteInfo<?> route) {
        return bindings.computeIfAbsent(route, this::resolve);
    }

    /**
     * Checks the routes of the application, annotated or not.
     *
     * @throws WebhookConfigurationException if one is not as it has to be
     */
    void check(List<UriRouteInfo<?, ?>> all) {
        // HEAD last, since Micronaut adds it to each GET
        all.stream()
                .sorted(Comparator.comparing(route -> route.getHttpMethodName().equals("HEAD")))
                .forEach(this::check);
        HandlersByEvent handlers = new HandlersByEvent();
        HandlerNames names = new HandlerNames(all);
        all.stream()
                .filter(EndpointBindings::isAnnotated)
                .sorted(Comparator.comparing(names::of))
                .forEach(route -> {
                    checkAloneAtItsPath(route, all);
                    handlers.add(resolved(route), names.of(route));
                });
        listeners.all().forEach(listener -> handlers.addListener(listener.binding(), listener.name()));
        handlers.check(endpoints.paths());
        all.forEach(route -> checkPath(route, all));
    }

    private void checkPath(UriRouteInfo<?, ?> route, List<UriRouteInfo<?, ?>> all) {
        String endpoint = inboxRoutes.endpointOf(route);
        if (endpoint != null) {
            all.stream()
                    .filter(other -> isAtTheSamePath(route, other))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new WebhookConfigurationException(
                                "hookseal.endpoints." + endpoint + ".path is "
                                        + endpoints.paths().get(endpoint) + ", and " + name(other) + " is mapped to "
                                        + mapping(other),
                                "map it elsewhere, or set another path: Hookseal itself receives there");
                    });
        }
    }

    private static void checkAloneAtItsPath(UriRouteInfo<?, ?> route, List<UriRouteInfo<?, ?>> all) {
        all.stream().filter(other -> isAtTheSamePath(route, other)).findFirst().ifPresent(other -> {
            throw new WebhookConfigurationException(
                    name(route) + " and " + name(other) + " are both mapped to " + mapping(route)
                            + ", and one of them carries @WebhookEndpoint: a delivery goes to one method",
                    "map one of them, without events in its @WebhookEndpoint or with those of both, and go on from there"
                            + " by the type of the event");
        });
    }

    private static String mapping(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
    }

    private static boolean isAtTheSamePath(UriRouteInfo<?, ?> route, UriRouteInfo<?, ?> other) {
        return !route.equals(other)
                && route.getHttpMethodName().equals(other.getHttpMethodName())
                && path(route).equals(path(other))
                && Objects.equals(route.getPort(), other.getPort());
    }

    private static String path(UriRouteInfo<?, ?> route) {
        return VARIABLE.matcher(route.getUriMatchTemplate().toString()).replaceAll("{}");
    }

    private void check(UriRouteInfo<?, ?> route) {
        if (inboxRoutes.endpointOf(route) != null) {
            return;
        }
        if (of(route) == null) {
            parameters(route).all().stream().findFirst().ifPresent(event -> {
                throw EndpointRegistry.notAnnotated(name(route), event.getType());
            });
        } else if (!route.getHttpMethodName().equals("POST")) {
            throw new WebhookConfigurationException(
                    name(route) + " is annotated with @WebhookEndpoint and mapped to " + mapping(route)
                            + ", where it could never receive a delivery, which is a POST",
                    "map it with @Post, or annotate other methods of its class instead of the class");
        }
    }

    /**
     * Checks a method for exceptions or statuses.
     *
     * @throws WebhookConfigurationException if it has a parameter for an event
     */
    void checkErrorRoute(ExecutableMethod<?, ?> method) {
        checkNoEvent(method, "an error route");
    }

    /**
     * Checks a method of a WebSocket.
     *
     * @throws WebhookConfigurationException if it has a parameter for an event, or the annotation
     */
    void checkWebSocket(ExecutableMethod<?, ?> method) {
        checkNoEvent(method, "of a WebSocket");
        if (method.hasStereotype(WebhookEndpoint.class)) {
            throw new WebhookConfigurationException(
                    EventParameters.name(method)
                            + " carries @WebhookEndpoint and is of a WebSocket, whose messages have" + " no signature",
                    "remove the annotation");
        }
    }

    private void checkNoEvent(ExecutableMethod<?, ?> method, String kind) {
        if (!new EventParameters(endpoints, method).isEmpty()) {
            throw new WebhookConfigurationException(
                    EventParameters.name(method) + " is " + kind
                            + " and has a parameter for an event, and nothing is verified for it",
                    "remove the parameter");
        }
    }

    private EndpointBinding<?> resolve(RouteInfo<?> route) {
        String path = inboxRoutes.endpointOf(route);
        if (path != null) {
            return listeners.bindingOf(path);
        }
        MethodBasedRouteInfo<?, ?> method = (MethodBasedRouteInfo<?, ?>) route;
        WaitedFor.check(method.getTargetMethod().getExecutableMethod());
        List<Class<?>> eventTypes = new ArrayList<>();
        for (Argument<?> event : parameters(method).all()) {
            eventTypes.add(
                    event.getType() == VerifiedWebhook.class
                            ? event.getFirstTypeVariable()
                                    .orElse(Argument.OBJECT_ARGUMENT)
                                    .getType()
                            : event.getType());
        }
        WebhookEndpoint annotation = route.getAnnotationMetadata().synthesize(WebhookEndpoint.class);
        return endpoints.bind(annotation, name(method), eventTypes);
    }

    private EventParameters parameters(MethodBasedRouteInfo<?, ?> route) {
        return new EventParameters(endpoints, route.getTargetMethod().getExecutableMethod());
    }

    private static String name(MethodBasedRouteInfo<?, ?> route) {
        return EventParameters.name(route.getTargetMethod().getExecutableMethod());
    }
}
