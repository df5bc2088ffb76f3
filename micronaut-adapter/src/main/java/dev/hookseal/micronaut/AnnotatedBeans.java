package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.web.router.MethodBasedRouteInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what carries {@link WebhookEndpoint} in Java's eyes and protects nothing: a method that is not a route, and a
 * route where Micronaut does not see the annotation, such as one behind a custom annotation on an interface that is not
 * {@code @Inherited}.
 */
record AnnotatedBeans(List<? extends MethodBasedRouteInfo<?, ?>> routes, Predicate<MethodBasedRouteInfo<?, ?>> isSeen) {

    void check(Collection<BeanDefinition<?>> beans) {
        for (BeanDefinition<?> bean : beans) {
            BeanTypes.of(bean).forEach(type -> check(type, bean.getBeanType()));
        }
    }

    private void check(Class<?> type, Class<?> bean) {
        List<? extends MethodBasedRouteInfo<?, ?>> ofBean = routes.stream()
                .filter(route -> route.getDeclaringType().isAssignableFrom(bean)
                        || bean.isAssignableFrom(route.getDeclaringType()))
                .toList();
        if (carries(type) && (ofBean.isEmpty() || !ofBean.stream().allMatch(isSeen))) {
            throw notServed(type.getSimpleName(), bean);
        }
        for (Method method : BeanTypes.methods(type)) {
            if (carries(method)
                    && ofBean.stream().noneMatch(route -> isSeen.test(route) && isServedBy(method, route))) {
                throw notServed(type.getSimpleName() + "." + method.getName(), bean);
            }
        }
    }

    private static boolean carries(AnnotatedElement element) {
        return BeanTypes.find(element, WebhookEndpoint.class) != null;
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
