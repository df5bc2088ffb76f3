package dev.hookseal.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/** Finds the annotated beans of a context by their types: none is made for it, lazy and prototype ones included. */
final class AnnotatedBeans {
    /** The fix for a bean that is annotated and whose methods are not Spring MVC's handler methods. */
    static final String REMEDY = "give it a request mapping in a @Controller; for a RouterFunction remove the"
            + " annotation and add a WebhookHandlerFilter, for an HttpRequestHandler or a servlet the servlet adapter's"
            + " WebhookFilter";

    private AnnotatedBeans() {}

    /** The annotated part of a bean: methods, or the class alone, and then {@code methods} is empty. */
    record AnnotatedBean(Class<?> type, Set<Method> methods) {}

    static List<AnnotatedBean> of(ConfigurableListableBeanFactory beans) {
        List<AnnotatedBean> annotated = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : targetClass(beans, name);
            if (type == null || type.getName().startsWith("org.springframework.")) {
                continue;
            }
            Set<Method> methods = methods(type);
            if (!methods.isEmpty() || AnnotatedHandler.find(type) != null) {
                annotated.add(new AnnotatedBean(type, methods));
            }
        }
        return annotated;
    }

    /** Returns whether a class or one of its methods is annotated. */
    static boolean isAnnotated(Class<?> type) {
        return AnnotatedHandler.find(type) != null || !methods(type).isEmpty();
    }

    private static Set<Method> methods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (Method method) -> AnnotatedHandler.find(method) != null);
    }

    /** Returns the class of a bean behind its proxy, as far as it is known without making the bean. */
    static @Nullable Class<?> targetClass(ConfigurableListableBeanFactory beans, String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        if (type != null && ScopedObject.class.isAssignableFrom(type)) {
            type = AutoProxyUtils.determineTargetClass(beans, ScopedProxyUtils.getTargetBeanName(name));
        }
        return type == null ? null : ClassUtils.getUserClass(type);
    }
}
