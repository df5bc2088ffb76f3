package dev.hookseal.spring;

import dev.hookseal.WebhookListener;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the listeners among the beans of a context and its parents by their types, before any of these beans is made: the
 * receivers have to know which events have one.
 */
final class ListenerBeans {

    private ListenerBeans() {}

    /** Returns the listeners of a context and of its parents. */
    static List<ListenerMethod> of(ConfigurableListableBeanFactory beans) {
        List<ListenerMethod> listeners = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (BeanFactory each = beans; each instanceof ConfigurableListableBeanFactory factory; ) {
            for (String name : factory.getBeanNamesForType(Object.class, true, false)) {
                if (!ScopedProxyUtils.isScopedTarget(name) && seen.add(name)) {
                    addAll(listeners, name, type(factory, name));
                }
            }
            each = factory.getParentBeanFactory();
        }
        return listeners;
    }

    private static void addAll(List<ListenerMethod> listeners, String name, @Nullable Class<?> type) {
        if (type == null
                || type.getName().startsWith("org.springframework.")
                || !AnnotationUtils.isCandidateClass(type, WebhookListener.class)) {
            return;
        }
        MethodIntrospector.selectMethods(type, (Method method) -> ListenerMethod.find(method) == null ? null : method)
                .keySet()
                .stream()
                .map(method -> AnnotatedHandler.of(method, type))
                .map(handler -> new ListenerMethod(
                        name, handler, Objects.requireNonNull(ListenerMethod.find(handler.method()))))
                .forEach(listeners::add);
    }

    /** Returns the class of a bean behind its proxy. A factory of beans is not made for it, as that may need others. */
    private static @Nullable Class<?> type(ConfigurableListableBeanFactory beans, String name) {
        String target = ScopedProxyUtils.getTargetBeanName(name);
        String bean = beans.containsBeanDefinition(target) ? target : name;
        Class<?> type = beans.isFactoryBean(bean)
                ? beans.getType(bean, false)
                : AutoProxyUtils.determineTargetClass(beans, bean);
        return type == null ? null : ClassUtils.getUserClass(type);
    }
}
