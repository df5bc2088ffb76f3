package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.adapter.ConfiguredEndpoints;
import dev.hookseal.adapter.WebhookRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Tells what handler methods are annotated with, wherever the annotation stands, and remembers it. */
final class WebhookRoutes {
    private final ConfiguredEndpoints endpoints;
    private final Map<AnnotatedHandler, Optional<WebhookRoute<?>>> known = new ConcurrentHashMap<>();

    WebhookRoutes(ConfiguredEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** What receives for a handler whose bean is at hand; null if the handler is not annotated. */
    @Nullable
    WebhookRoute<?> of(HandlerMethod handler) {
        return of(handler, ClassUtils.getUserClass(AopUtils.getTargetClass(handler.getBean())));
    }

    /**
     * What receives for a handler.
     *
     * @param targetClass the class of the handler's bean, behind any proxy
     * @return null if the handler is not annotated
     * @throws IllegalStateException if what it is annotated with cannot be
     */
    @Nullable
    WebhookRoute<?> of(HandlerMethod handler, Class<?> targetClass) {
        AnnotatedHandler key = AnnotatedHandler.of(handler.getMethod(), targetClass);
        Optional<WebhookRoute<?>> route = known.get(key);
        if (route == null) {
            route = Optional.ofNullable(resolve(key, handler));
            known.put(key, route);
        }
        return route.orElse(null);
    }

    private @Nullable WebhookRoute<?> resolve(AnnotatedHandler key, HandlerMethod handler) {
        WebhookEndpoint annotation = key.annotation();
        List<Class<?>> events = new ArrayList<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (!endpoints.needsVerification(type)) {
                refuseWrapped(ResolvableType.forMethodParameter(parameter), key, new HashSet<>());
                continue;
            }
            if (annotation == null) {
                throw ConfiguredEndpoints.notAnnotated(key.toString(), type);
            }
            Class<?> event = VerifiedWebhook.class.isAssignableFrom(type)
                    ? ResolvableType.forMethodParameter(parameter)
                            .as(VerifiedWebhook.class)
                            .getGeneric()
                            .resolve()
                    : type;
            if (event != null) {
                events.add(event);
            }
        }
        return annotation == null ? null : endpoints.route(annotation, key.toString(), events);
    }

    // A type variable may be bound by itself, as in T extends Comparable<T>: hence what was seen.
    private void refuseWrapped(ResolvableType type, AnnotatedHandler handler, Set<ResolvableType> seen) {
        for (ResolvableType generic : type.getGenerics()) {
            Class<?> resolved = generic.resolve();
            if (resolved != null && endpoints.needsVerification(resolved)) {
                throw new IllegalStateException(handler + " has a parameter of type " + type
                        + ", which nothing can give: a delivery that is not verified never reaches it, so let the"
                        + " parameter be a plain " + generic);
            }
            if (seen.add(generic)) {
                refuseWrapped(generic, handler, seen);
            }
        }
    }
}
