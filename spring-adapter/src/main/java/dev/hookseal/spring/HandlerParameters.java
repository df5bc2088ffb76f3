package dev.hookseal.spring;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.config.EndpointRegistry;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Looks for events among the parameters of handler methods: plain ones, and those that nothing verified could give. */
final class HandlerParameters {
    private final EndpointRegistry endpoints;

    HandlerParameters(EndpointRegistry endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Returns the types of the events that a handler takes.
     *
     * @throws WebhookConfigurationException if it takes one without being annotated, or within another type
     */
    List<Class<?>> events(HandlerMethod method, AnnotatedHandler handler, boolean annotated) {
        List<Class<?>> events = new ArrayList<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            ResolvableType type = ResolvableType.forMethodParameter(parameter);
            if (!endpoints.needsVerification(parameter.getParameterType())) {
                rejectHidden(type, handler, annotated);
                continue;
            }
            if (!annotated) {
                throw EndpointRegistry.notAnnotated(handler.toString(), parameter.getParameterType());
            }
            Class<?> event = eventOf(type, parameter.getParameterType());
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private static @Nullable Class<?> eventOf(ResolvableType type, Class<?> parameter) {
        return VerifiedWebhook.class.isAssignableFrom(parameter)
                ? type.as(VerifiedWebhook.class).getGeneric().resolve()
                : parameter;
    }

    private void rejectHidden(ResolvableType type, AnnotatedHandler handler, boolean annotated) {
        if (annotated && type.resolve() == JsonData.class) {
            throw new WebhookConfigurationException(
                    handler + " has a parameter of type " + JsonData.class.getName()
                            + ", which nothing verified would fill in",
                    "take the event, or a VerifiedWebhook, and ask it for the payload");
        }
        ResolvableType hidden = hidden(type, new HashSet<>());
        if (hidden != null) {
            throw new WebhookConfigurationException(
                    handler + " has a parameter of type " + type + " with a " + hidden
                            + " in it, which nothing verified would fill in",
                    "let the parameter be a plain " + hidden + " of a method that is annotated with @WebhookEndpoint");
        }
    }

    // A type variable may be bound by itself, as in T extends Comparable<T>: hence what was seen.
    private @Nullable ResolvableType hidden(ResolvableType type, Set<ResolvableType> seen) {
        return partsOf(type)
                .filter(seen::add)
                .map(part -> {
                    Class<?> resolved = part.resolve();
                    return resolved != null && endpoints.needsVerification(resolved) ? part : hidden(part, seen);
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Stream<ResolvableType> partsOf(ResolvableType type) {
        Stream<ResolvableType> generics = Arrays.stream(type.getGenerics());
        if (type.isArray()) {
            return Stream.concat(generics, Stream.of(type.getComponentType()));
        }
        Class<?> resolved = type.resolve();
        return resolved == null || !isOfTheApplication(resolved)
                ? generics
                : Stream.concat(generics, membersOf(resolved).stream());
    }

    private static List<ResolvableType> membersOf(Class<?> type) {
        try {
            return Stream.concat(constructorParameters(type), properties(type)).toList();
        } catch (LinkageError e) {
            // a class that refers to one that is not there, so that nothing can bind it either
            return List.of();
        }
    }

    // What data binding or a message converter would make: not what is made elsewhere, such as a service.
    private static boolean isOfTheApplication(Class<?> type) {
        return !BeanUtils.isSimpleProperty(type)
                && !type.isInterface()
                && Stream.of("java.", "javax.", "jakarta.", "org.springframework.", "kotlin.")
                        .noneMatch(type.getName()::startsWith)
                && !ClassUtils.isLambdaClass(type);
    }

    private static Stream<ResolvableType> constructorParameters(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors()).flatMap(HandlerParameters::parametersOf);
    }

    private static Stream<ResolvableType> parametersOf(Constructor<?> constructor) {
        return Stream.iterate(0, index -> index < constructor.getParameterCount(), index -> index + 1)
                .map(index -> ResolvableType.forConstructorParameter(constructor, index));
    }

    private static Stream<ResolvableType> properties(Class<?> type) {
        Stream<ResolvableType> setters = Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                .flatMap(property -> Stream.ofNullable(property.getWriteMethod()))
                .map(setter -> ResolvableType.forMethodParameter(setter, 0, type));
        return Stream.concat(setters, fields(type));
    }

    private static Stream<ResolvableType> fields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map((Field field) -> ResolvableType.forField(field, type));
    }
}
