package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.inbox.Attempt;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** What a listener is given: the event or the proof that holds it, and perhaps the attempt, in the method's order. */
final class ListenerParameters {
    private final List<Kind> kinds;
    private final @Nullable Class<?> event;

    private enum Kind {
        EVENT,
        WEBHOOK,
        ATTEMPT
    }

    private ListenerParameters(List<Kind> kinds, @Nullable Class<?> event) {
        this.kinds = kinds;
        this.event = event;
    }

    /**
     * Reads the parameters of a listener.
     *
     * @throws WebhookConfigurationException if it has others than a listener can have
     */
    static ListenerParameters of(AnnotatedHandler listener) {
        Method method = listener.method();
        List<Kind> kinds = new ArrayList<>();
        Class<?> event = null;
        for (int i = 0; i < method.getParameterCount(); i++) {
            ResolvableType type = ResolvableType.forMethodParameter(method, i, listener.beanClass());
            Class<?> resolved = type.resolve(Object.class);
            if (resolved == Attempt.class) {
                kinds.add(Kind.ATTEMPT);
            } else if (resolved == VerifiedWebhook.class) {
                kinds.add(Kind.WEBHOOK);
                event = type.getGeneric().resolve();
            } else {
                kinds.add(Kind.EVENT);
                event = resolved;
            }
        }
        if (kinds.size() - Collections.frequency(kinds, Kind.ATTEMPT) != 1
                || Collections.frequency(kinds, Kind.ATTEMPT) > 1) {
            throw new WebhookConfigurationException(
                    listener + " is annotated with @WebhookListener, and its parameters are "
                            + listener.qualifiedName().replaceFirst("^[^(]*", ""),
                    "let it take the event or a VerifiedWebhook, one of the two, and if wanted an Attempt");
        }
        return new ListenerParameters(List.copyOf(kinds), event);
    }

    /** Returns the type of the event among the parameters, for {@code EndpointRegistry.bind}. */
    List<Class<?>> events() {
        return event == null ? List.of() : List.of(event);
    }

    @Nullable
    Object[] arguments(VerifiedWebhook<?> webhook, Attempt attempt) {
        return kinds.stream()
                .map(kind -> switch (kind) {
                    case EVENT -> webhook.event();
                    case WEBHOOK -> webhook;
                    case ATTEMPT -> attempt;
                })
                .toArray();
    }
}
