package dev.hookseal.spring;

import dev.hookseal.WebhookListener;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** A method that is annotated with {@code @WebhookListener}, and the name of the bean that has it. */
record ListenerMethod(String bean, AnnotatedHandler handler, WebhookListener annotation) {

    /** Returns the annotation of a method: its own, an inherited one, or one on an annotation. */
    static @Nullable WebhookListener find(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY)
                .get(WebhookListener.class)
                .synthesize(MergedAnnotation::isPresent)
                .orElse(null);
    }

    String qualifiedName() {
        return handler.qualifiedName();
    }

    @Override
    public String toString() {
        return handler.toString();
    }
}
