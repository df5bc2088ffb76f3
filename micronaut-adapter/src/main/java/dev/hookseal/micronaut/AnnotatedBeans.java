package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.web.router.MethodBasedRouteInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what carries {@link WebhookEndpoint} in Java's eyes and protects nothing: a method that is not a route, and a
 * route where Micronaut does not see the annotation, such as one behind a custom annotation on an interface that is not
 * {@code @Inherited}.
 */
record AnnotatedBeans(List<? extends MethodBasedRouteInfo<?, ?>> routes, Predicate<MethodBasedRouteInfo<?, ?>> isSeen) {

    void check(Collection<BeanDefinition<?>> beans) {
        for (BeanDefinition<?> bean : beans) {
            if (!bean.getName().startsWith("io.micronaut.")) {
                Set<Class<?>> types = new LinkedHashSet<>();
                addWithSupertypes(bean.getBeanType(), types);
                types.forEach(type -> check(type, bean.getBeanType()));
            }
        }
    }

    private static void addWithSupertypes(@Nullable Class<?> type, Set<Class<?>> types) {
        if (type != null && type != Object.class && types.add(type)) {
            addWithSupertypes(type.getSuperclass(), types);
            for (Class<?> implemented : type.getInterfaces()) {
                addWithSupertypes(implemented, types);
            }
        }
    }

    private void check(Class<?> type, Class<?> bean) {
        List<? extends MethodBasedRouteInfo<?, ?>> ofBean = routes.stream()
                .filter(route -> route.getDeclaringType().isAssignableFrom(bean)
                        || bean.isAssignableFrom(route.getDeclaringType()))
                .toList();
        if (carries(type, new HashSet<>())
                && (ofBean.isEmpty() || !ofBean.stream().allMatch(isSeen))) {
            throw notServed(type.getSimpleName(), bean);
        }
        for (Method method : declaredMethods(type)) {
            if (!method.isSynthetic()
                    && carries(method, new HashSet<>())
                    && ofBean.stream().noneMatch(route -> isSeen.test(route) && isServedBy(method, route))) {
                throw notServed(type.getSimpleName() + "." + method.getName(), bean);
            }
        }
    }

    private static Method[] declaredMethods(Class<?> type) {
        try {
            return type.getDeclaredMethods();
        } catch (LinkageError e) {
            // a library's bean with a method for something that is not there
            return new Method[0];
        }
    }

    private static boolean carries(AnnotatedElement element, Set<Class<?>> looked) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type == WebhookEndpoint.class || (looked.add(type) && carries(type, looked))) {
                return true;
            }
        }
        return false;
    }

    // The route's types may be narrower, where the method is of a generic interface.
    private static boolean isServedBy(Method method, MethodBasedRouteInfo<?, ?> route) {
        Class<?>[] declared = method.getParameterTypes();
        Class<?>[] routed = route.getTargetMethod().getExecutableMethod().getArgumentTypes();
        boolean same =
                method.getName().equals(route.getTargetMethod().getMethodName()) && declared.length == routed.length;
        for (int i = 0; same && i < declared.length; i++) {
            same = declared[i].isAssignableFrom(routed[i]);
        }
        return same;
    }

    private static WebhookConfigurationException notServed(String where, Class<?> bean) {
        return new WebhookConfigurationException(
                where + " carries @WebhookEndpoint, and " + bean.getSimpleName()
                        + " has no route on which Micronaut sees it",
                "map the method in a @Controller, for example with @Post, and put the annotation on that method or its"
                        + " class");
    }
}
