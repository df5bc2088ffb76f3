package dev.hookseal.micronaut;

import io.micronaut.inject.BeanDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of beans as Java sees them. Micronaut's own view has the methods that Micronaut calls or surrounds with advice,
 * and no other; and it has no class that Micronaut did not compile, such as one that a factory makes.
 */
final class BeanTypes {

    private BeanTypes() {}

    /** Returns the type of a bean with all of its supertypes, the nearest first; none for Micronaut's own beans. */
    static Set<Class<?>> of(BeanDefinition<?> bean) {
        Set<Class<?>> types = new LinkedHashSet<>();
        if (!bean.getName().startsWith("io.micronaut.")) {
            addWithSupertypes(bean.getBeanType(), types);
        }
        return types;
    }

    private static void addWithSupertypes(@Nullable Class<?> type, Set<Class<?>> types) {
        if (type != null && type != Object.class && types.add(type)) {
            addWithSupertypes(type.getSuperclass(), types);
            for (Class<?> implemented : type.getInterfaces()) {
                addWithSupertypes(implemented, types);
            }
        }
    }

    /** Returns the methods that the source of a class declares. */
    static List<Method> methods(Class<?> type) {
        try {
            return Stream.of(type.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .toList();
        } catch (LinkageError e) {
            // a library's bean with a method for something that is not there
            return List.of();
        }
    }

    /** Returns an annotation of a class or method, also where another annotation carries it; null without it. */
    static <A extends Annotation> @Nullable A find(AnnotatedElement element, Class<A> type) {
        return type.cast(find(element, type.getName(), new HashSet<>()));
    }

    /** Returns an annotation whose class need not be there. */
    static @Nullable Annotation find(AnnotatedElement element, String type) {
        return find(element, type, new HashSet<>());
    }

    private static @Nullable Annotation find(AnnotatedElement element, String wanted, Set<Class<?>> looked) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getName().equals(wanted)) {
                return annotation;
            }
            Annotation meta = looked.add(type) ? find(type, wanted, looked) : null;
            if (meta != null) {
                return meta;
            }
        }
        return null;
    }
}
