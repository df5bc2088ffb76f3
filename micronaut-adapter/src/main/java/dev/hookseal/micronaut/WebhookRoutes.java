package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.adapter.WebhookRoute;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the routes of the application that carry {@link WebhookEndpoint} come to. */
@Singleton
final class WebhookRoutes {
    private final ConfiguredEndpoints endpoints;
    private final Map<RouteInfo<?>, WebhookRoute<?>> routes = new ConcurrentHashMap<>();

    WebhookRoutes(ConfiguredEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * What the route comes to; null for a route that is not annotated.
     *
     * @throws IllegalStateException if something is wrong with it, which the start-up check finds first
     */
    @Nullable
    WebhookRoute<?> of(RouteInfo<?> route) {
        if (!route.getAnnotationMetadata().hasStereotype(WebhookEndpoint.class)) {
            return null;
        }
        return routes.computeIfAbsent(route, this::resolve);
    }

    /** Whether the route, annotated or not, is as it has to be. */
    void check(MethodBasedRouteInfo<?, ?> route) {
        if (of(route) == null) {
            eventArguments(route).stream().findFirst().ifPresent(event -> {
                throw ConfiguredEndpoints.notAnnotated(name(route), event.getType());
            });
        }
    }

    private WebhookRoute<?> resolve(RouteInfo<?> route) {
        MethodBasedRouteInfo<?, ?> method = (MethodBasedRouteInfo<?, ?>) route;
        List<Class<?>> eventTypes = new ArrayList<>();
        for (Argument<?> event : eventArguments(method)) {
            if (event.getAnnotationMetadata().hasStereotype(Bindable.class)) {
                throw new IllegalStateException(name(method) + " has an annotation at its parameter " + event.getName()
                        + " that binds it to the request, and only a verified delivery gives a "
                        + event.getType().getName() + ": remove the annotation of the parameter");
            }
            eventTypes.add(
                    event.getType() == VerifiedWebhook.class
                            ? event.getFirstTypeVariable()
                                    .orElse(Argument.OBJECT_ARGUMENT)
                                    .getType()
                            : event.getType());
        }
        WebhookEndpoint annotation = route.getAnnotationMetadata().synthesize(WebhookEndpoint.class);
        return endpoints.route(annotation, name(method), eventTypes);
    }

    private List<Argument<?>> eventArguments(MethodBasedRouteInfo<?, ?> route) {
        return List.of(route.getTargetMethod().getArguments()).stream()
                .<Argument<?>>map(argument -> argument)
                .filter(argument -> endpoints.needsVerification(argument.getType()))
                .toList();
    }

    private static String name(MethodBasedRouteInfo<?, ?> route) {
        ExecutableMethod<?, ?> method = route.getTargetMethod().getExecutableMethod();
        return method.getDeclaringType().getSimpleName() + "." + method.getMethodName();
    }
}
