package dev.hookseal.micronaut;

import dev.hookseal.JsonData;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointRegistry;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.beans.BeanProperty;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.ExecutableMethod;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of a method for events. An event is a parameter itself: in anything else, such as an {@code Optional} or
 * a bean that is bound to the request, it would be missing or made from what was not verified.
 */
record EventParameters(EndpointRegistry endpoints, ExecutableMethod<?, ?> method) {

    /**
     * Returns the parameters that are an event or the proof.
     *
     * @throws WebhookConfigurationException if an event is in another parameter, or one is declared so that it may be missing
     */
    List<Argument<?>> all() {
        for (Argument<?> parameter : method.getArguments()) {
            check(parameter);
        }
        return arguments().filter(this::isEvent).toList();
    }

    /** Returns whether there are events in any form. */
    boolean isEmpty() {
        return arguments().noneMatch(parameter -> isWithin(parameter, new HashSet<>()));
    }

    private Stream<Argument<?>> arguments() {
        return Arrays.stream(method.getArguments());
    }

    private void check(Argument<?> parameter) {
        if (isEvent(parameter)) {
            if (parameter.isNullable()) {
                throw wrong(
                        parameter, "may be null, and the method runs with an event or not at all", "remove @Nullable");
            }
            if (parameter.getAnnotationMetadata().hasStereotype(Bindable.class)) {
                throw wrong(
                        parameter,
                        "has an annotation that binds it to the request, and only a verified delivery gives an event",
                        "remove the annotation of the parameter");
            }
        } else if (isOf(parameter, JsonData.class)) {
            throw wrong(
                    parameter,
                    "is JsonData, which comes with an event",
                    "write the event or VerifiedWebhook in its place, and read the JsonData from it");
        } else if (isWithin(parameter, new HashSet<>())) {
            throw wrong(
                    parameter,
                    "has an event within it, and a verified delivery gives one event as it is",
                    "write the event or VerifiedWebhook as a parameter itself, in a method with @WebhookEndpoint");
        }
    }

    private WebhookConfigurationException wrong(Argument<?> parameter, String problem, String action) {
        return new WebhookConfigurationException(
                name(method) + " has a parameter " + parameter.getName() + " of type " + parameter.getTypeString(true)
                        + " that " + problem,
                action);
    }

    static String name(ExecutableMethod<?, ?> method) {
        return method.getDeclaringType().getSimpleName() + "." + method.getMethodName();
    }

    private boolean isEvent(Argument<?> argument) {
        return endpoints.needsVerification(argument.getType());
    }

    private static boolean isOf(Argument<?> argument, Class<?> type) {
        return element(argument.getType()) == type
                || Arrays.stream(argument.getTypeParameters()).anyMatch(parameter -> isOf(parameter, type));
    }

    private boolean isWithin(Argument<?> argument, Set<Class<?>> looked) {
        return isWithin(element(argument.getType()), looked)
                || Arrays.stream(argument.getTypeParameters()).anyMatch(parameter -> isWithin(parameter, looked));
    }

    private boolean isWithin(Class<?> type, Set<Class<?>> looked) {
        if (endpoints.needsVerification(type)) {
            return true;
        }
        return looked.add(type)
                && BeanIntrospector.SHARED
                        .findIntrospection(type)
                        .filter(bean -> arguments(bean).anyMatch(member -> isWithin(member, looked)))
                        .isPresent();
    }

    private static Stream<Argument<?>> arguments(BeanIntrospection<?> bean) {
        return Stream.concat(
                Arrays.stream(bean.getConstructorArguments()),
                bean.getBeanProperties().stream().map(BeanProperty::asArgument));
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.getComponentType()) : type;
    }
}
