package dev.hookseal.spring;

import dev.hookseal.WebhookEndpoint;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * A method of a bean, where annotations are looked for.
 *
 * @param beanClass behind any proxy, since a proxy's interface may lack the annotation
 * @param method as the class has it, not as an interface or a superclass declares it
 */
record AnnotatedHandler(Class<?> beanClass, Method method) {

    static AnnotatedHandler of(Method method, Class<?> beanClass) {
        return new AnnotatedHandler(beanClass, AopUtils.getMostSpecificMethod(method, beanClass));
    }

    /** Returns the method's annotation, else the class's. */
    @Nullable
    WebhookEndpoint annotation() {
        WebhookEndpoint own = find(method);
        return own == null ? find(beanClass) : own;
    }

    /** Returns the annotation of a method or a class: its own, an inherited one, or one on an annotation. */
    static @Nullable WebhookEndpoint find(AnnotatedElement element) {
        MergedAnnotation<WebhookEndpoint> found =
                MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).get(WebhookEndpoint.class);
        return found.synthesize(MergedAnnotation::isPresent).orElse(null);
    }

    /** Returns the name that no other handler has, where {@code toString} is for messages about this one. */
    String qualifiedName() {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", beanClass.getName() + "." + method.getName() + "(", ")"));
    }

    @Override
    public String toString() {
        return beanClass.getSimpleName() + "." + method.getName();
    }
}
