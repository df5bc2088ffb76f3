package dev.hookseal.micronaut;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.WebhookHandler;
import io.micronaut.context.BeanContext;
import io.micronaut.context.BeanRegistration;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ProxyBeanDefinition;
import io.micronaut.scheduling.annotation.Async;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A method of a bean that carries {@link WebhookListener}. The bean is made when a delivery is to be handled. */
final class ListenerMethod {
    private static final String REQUEST_SCOPE = "io.micronaut.runtime.http.scope.RequestScope";

    private final BeanDefinition<?> bean;
    private final Method method;
    private final WebhookListener annotation;
    private final List<Class<?>> eventTypes = new ArrayList<>();

    /**
     * Creates a listener.
     *
     * @throws WebhookConfigurationException if it cannot be called with a delivery, or not so that its work is done when
     *     it returns
     */
    ListenerMethod(BeanDefinition<?> bean, Method method, WebhookListener annotation) {
        this.bean = bean;
        this.method = method;
        this.annotation = annotation;
        checkMethod();
        checkBean();
        addEventTypes();
        open();
    }

    private void checkMethod() {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw wrong(
                    "is " + (Modifier.isStatic(method.getModifiers()) ? "static" : "private")
                            + ", and Hookseal calls a listener on its bean",
                    "make it an instance method that is not private");
        }
        if (BeanTypes.find(method, WebhookEndpoint.class) != null
                || annotations().hasStereotype(HttpMethodMapping.class)) {
            throw wrong(
                    "is a route or carries @WebhookEndpoint, and a listener runs after the request has been answered",
                    "remove @WebhookListener, or else the route with its @WebhookEndpoint and set hookseal.endpoints."
                            + annotation.value() + ".path");
        }
        if (method.getReturnType() != void.class) {
            throw wrong(
                    "returns " + method.getReturnType().getSimpleName()
                            + ", and the work of a listener is done when it returns",
                    "return void, wait for the work, and throw if it fails");
        }
        if (BeanTypes.find(method, Async.class) != null) {
            throw wrong(
                    "is @Async, so that the delivery would count as handled before the work is done",
                    "remove @Async: the sender has been answered before a listener runs");
        }
        if (BeanTypes.find(method, ExecuteOn.class) != null) {
            throw wrong(
                    "is annotated with @ExecuteOn, which has no effect on a listener",
                    "remove it: listeners run on the workers of the inbox, which may block, and hookseal.inbox.workers"
                            + " sets how many there are");
        }
    }

    private void checkBean() {
        if (bean.isIterable()) {
            throw wrong(
                    "is of a class that is a bean several times, and a delivery goes to one of them",
                    "move the method to a bean that there is one of");
        }
        if (bean.getScopeName().filter(REQUEST_SCOPE::equals).isPresent()) {
            throw wrong(
                    "is of a bean with @RequestScope, and there is no request when a listener runs",
                    "make the bean a @Singleton or a @Prototype");
        }
    }

    private void addEventTypes() {
        Type[] parameters = method.getGenericParameterTypes();
        int attempts = 0;
        for (Type parameter : parameters) {
            Class<?> type = erased(parameter);
            if (type == Attempt.class) {
                attempts++;
            } else {
                eventTypes.add(
                        type == VerifiedWebhook.class && parameter instanceof ParameterizedType proof
                                ? erased(proof.getActualTypeArguments()[0])
                                : type == VerifiedWebhook.class ? Object.class : type);
            }
        }
        if (eventTypes.size() != 1 || attempts > 1) {
            throw wrong(
                    "has " + (parameters.length == 0 ? "no parameter" : parameters.length + " parameters")
                            + ", and a listener gets one event",
                    "declare the event or VerifiedWebhook, and if wanted an Attempt beside it");
        }
    }

    private static Class<?> erased(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return erased(parameterized.getRawType());
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        // an array of a generic type, which no event is
        return type instanceof Class<?> plain ? plain : Object[].class;
    }

    private void open() {
        if (!method.trySetAccessible()) {
            throw wrong(
                    "cannot be called: its module does not open "
                            + method.getDeclaringClass().getPackageName(),
                    "make the class and the method public, or open the package to dev.hookseal.micronaut");
        }
    }

    private WebhookConfigurationException wrong(String problem, String action) {
        return new WebhookConfigurationException(name() + " carries @WebhookListener and " + problem, action);
    }

    /** Returns what messages call it, such as {@code Orders.received}. */
    String name() {
        Class<?> type = bean instanceof ProxyBeanDefinition<?> proxy ? proxy.getTargetType() : bean.getBeanType();
        return type.getSimpleName() + "." + method.getName();
    }

    WebhookListener annotation() {
        return annotation;
    }

    Method method() {
        return method;
    }

    /** Returns the names of its events; empty for all. */
    Set<String> events() {
        return Set.copyOf(List.of(annotation.events()));
    }

    /** Returns the types of its parameters for events. */
    List<Class<?>> eventTypes() {
        return List.copyOf(eventTypes);
    }

    /** Returns its annotations as Micronaut sees them; none where Micronaut has no advice for it. */
    AnnotationMetadata annotations() {
        return bean.findMethod(method.getName(), method.getParameterTypes())
                .map(AnnotationMetadata.class::cast)
                .orElse(AnnotationMetadata.EMPTY_METADATA);
    }

    /** Returns what calls it on its bean. */
    <E> WebhookHandler<E> handler(BeanContext context) {
        return (webhook, attempt) -> {
            BeanRegistration<?> made = context.getBeanRegistration(bean);
            try {
                call(made.bean(), webhook, attempt);
            } finally {
                if (isPrototype()) {
                    context.destroyBean(made);
                }
            }
        };
    }

    private boolean isPrototype() {
        return !bean.isSingleton()
                && bean.getScopeName()
                        .filter(scope -> !scope.equals(Prototype.class.getName()))
                        .isEmpty();
    }

    private void call(Object instance, VerifiedWebhook<?> webhook, Attempt attempt) throws Exception {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] =
                    types[i] == Attempt.class ? attempt : types[i] == VerifiedWebhook.class ? webhook : webhook.event();
        }
        try {
            method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            throw thrownBy(e);
        }
    }

    private static Exception thrownBy(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception exception ? exception : e;
    }
}
