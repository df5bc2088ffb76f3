package dev.hookseal.spring;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** The bindings of handler methods, wherever their annotation is, resolved once and remembered. */
final class EndpointBindings {
    private final EndpointRegistry endpoints;
    private final HandlerParameters parameters;
    private final Map<AnnotatedHandler, Optional<EndpointBinding<?>>> known = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

    EndpointBindings(EndpointRegistry endpoints) {
        this.endpoints = endpoints;
        this.parameters = new HandlerParameters(endpoints);
    }

    /** Returns whether a handler that is not a method is annotated, or has annotated methods. */
    boolean isAnnotated(Class<?> handlerClass) {
        return annotated.computeIfAbsent(handlerClass, AnnotatedBeans::isAnnotated);
    }

    /** Returns the binding of a handler whose bean exists; null if the handler is not annotated. */
    @Nullable
    EndpointBinding<?> of(HandlerMethod handler) {
        return of(handler, ClassUtils.getUserClass(AopUtils.getTargetClass(handler.getBean())));
    }

    /**
     * Returns the binding of a handler.
     *
     * @param targetClass the class of the handler's bean, behind any proxy
     * @return null if the handler is not annotated
     * @throws dev.hookseal.WebhookConfigurationException if what it is annotated with cannot be
     */
    @Nullable
    EndpointBinding<?> of(HandlerMethod handler, Class<?> targetClass) {
        AnnotatedHandler key = AnnotatedHandler.of(handler.getMethod(), targetClass);
        Optional<EndpointBinding<?>> binding = known.get(key);
        if (binding == null) {
            binding = Optional.ofNullable(resolve(key, handler));
            known.put(key, binding);
        }
        return binding.orElse(null);
    }

    private @Nullable EndpointBinding<?> resolve(AnnotatedHandler key, HandlerMethod handler) {
        WebhookEndpoint annotation = key.annotation();
        List<Class<?>> events = parameters.events(handler, key, annotation != null);
        return annotation == null ? null : endpoints.bind(annotation, key.toString(), events);
    }
}
