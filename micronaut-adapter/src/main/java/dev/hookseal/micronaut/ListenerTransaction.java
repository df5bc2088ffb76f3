package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code @Transactional} of a listener or its class.
 *
 * @param isMicronauts whether Micronaut has advice for it. Without, such as for {@code jakarta.transaction.Transactional}
 *     where nothing maps it at compile time, it still has the listener run in the transaction of the inbox
 */
record ListenerTransaction(ListenerMethod listener, AnnotationValue<?> annotation, boolean isMicronauts) {
    private static final String MICRONAUT = "io.micronaut.transaction.annotation.Transactional";
    private static final String JAKARTA = "jakarta.transaction.Transactional";

    /** Returns that of a listener; null if it is not transactional. */
    static @Nullable ListenerTransaction of(ListenerMethod listener) {
        AnnotationMetadata metadata = listener.annotations();
        AnnotationValue<?> known = metadata.findAnnotation(MICRONAUT).orElse(null);
        if (known != null) {
            return new ListenerTransaction(listener, known, true);
        }
        Method method = listener.method();
        return Stream.of(method, method.getDeclaringClass())
                .flatMap(element -> Stream.of(MICRONAUT, JAKARTA).map(type -> BeanTypes.find(element, type)))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(annotation -> new ListenerTransaction(listener, value(annotation), false))
                .orElse(null);
    }

    private static AnnotationValue<?> value(Annotation annotation) {
        Map<CharSequence, Object> members = new LinkedHashMap<>();
        for (Method member : annotation.annotationType().getDeclaredMethods()) {
            try {
                Object value = member.invoke(annotation);
                members.put(member.getName(), value instanceof Enum<?> constant ? constant.name() : value);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("A member of " + annotation + " cannot be read", e);
            }
        }
        return new AnnotationValue<>(annotation.annotationType().getName(), members);
    }

    private boolean isJakartas() {
        return annotation.getAnnotationName().equals(JAKARTA);
    }

    /** Returns the name of its transaction manager, which is that of a data source; null for the primary one. */
    @Nullable
    String manager() {
        return isJakartas()
                ? null
                : annotation.stringValue().filter(name -> !name.isEmpty()).orElse(null);
    }

    /**
     * Checks that the annotation sets nothing that a transaction which has begun cannot give.
     *
     * @throws WebhookConfigurationException if it does
     */
    void checkMeansTheSameInAnother() {
        String propagation =
                annotation.stringValue(isJakartas() ? "value" : "propagation").orElse("REQUIRED");
        if (!propagation.equals("REQUIRED")) {
            throw wrong("propagation " + propagation, "remove it");
        }
        if (annotation
                .stringValue("isolation")
                .filter(level -> !level.equals("DEFAULT"))
                .isPresent()) {
            throw wrong("an isolation", "set it for the data source");
        }
        if (annotation.intValue("timeout").orElse(-1) > 0) {
            throw wrong("a timeout", "set one for the statements");
        }
        if (annotation.booleanValue("readOnly").orElse(false)) {
            throw wrong("readOnly", "remove it, or remove @Transactional if the listener writes nothing");
        }
        for (String member : List.of("noRollbackFor", "dontRollbackOn")) {
            if (annotation.stringValues(member).length > 0) {
                throw wrong(member, "catch the exception in the listener");
            }
        }
    }

    private WebhookConfigurationException wrong(String member, String action) {
        return new WebhookConfigurationException(
                listener.name() + " carries @WebhookListener and a @Transactional with " + member
                        + ", and it runs in the transaction of the inbox, which completes the delivery and rolls back"
                        + " whatever the listener throws",
                action);
    }

    /** Returns what is wrong where nothing has the name of its transaction manager. */
    WebhookConfigurationException hasUnknownManager() {
        return new WebhookConfigurationException(
                listener.name() + " carries @WebhookListener and a @Transactional of the transaction manager "
                        + manager() + ", and nothing has that name",
                "name a data source whose transactions are managed, or remove the name if the listener writes into"
                        + " the data source of the inbox");
    }
}
