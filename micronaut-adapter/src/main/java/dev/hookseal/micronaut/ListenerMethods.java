package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookListener;
import dev.hookseal.config.InboxListeners;
import dev.hookseal.inbox.Inbox;
import io.micronaut.context.BeanContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.inject.BeanDefinition;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The methods of all beans that carry {@link WebhookListener}. None of the beans is made for that. */
@Singleton
final class ListenerMethods {
    private final List<ListenerMethod> all = new ArrayList<>();

    /**
     * Finds them.
     *
     * @throws WebhookConfigurationException if one of them cannot be called
     */
    ListenerMethods(BeanContext context) {
        // without those that another bean replaces, and those whose place a proxy takes
        Supplier<Collection<BeanDefinition<Object>>> inUse =
                SupplierUtil.memoized(() -> context.getBeanDefinitions(Object.class));
        context.getAllBeanDefinitions().forEach(bean -> {
            List<ListenerMethod> listeners = listeners(bean);
            if (!listeners.isEmpty() && (bean.isIterable() || inUse.get().contains(bean))) {
                all.addAll(listeners);
            }
        });
        all.sort(Comparator.comparing(ListenerMethod::name));
    }

    private static List<ListenerMethod> listeners(BeanDefinition<?> bean) {
        List<ListenerMethod> listeners = new ArrayList<>();
        Set<List<Object>> overridden = new HashSet<>();
        for (Class<?> type : BeanTypes.of(bean)) {
            for (Method method : BeanTypes.methods(type)) {
                WebhookListener annotation = BeanTypes.find(method, WebhookListener.class);
                if (annotation != null && overridden.add(signature(method))) {
                    listeners.add(new ListenerMethod(bean, method, annotation));
                }
            }
        }
        return listeners;
    }

    private static List<Object> signature(Method method) {
        return List.of(method.getName(), Arrays.asList(method.getParameterTypes()));
    }

    List<ListenerMethod> all() {
        return List.copyOf(all);
    }

    /**
     * Returns the events of all listeners, for the receivers; null without any.
     *
     * @throws WebhookConfigurationException if there is no inbox
     */
    @Nullable
    InboxListeners of(BeanProvider<Inbox> inbox, @Nullable StoreMetrics metrics) {
        if (all.isEmpty()) {
            return null;
        }
        if (!inbox.isPresent()) {
            throw new WebhookConfigurationException(
                    all.get(0).name() + " carries @WebhookListener, and there is no inbox that keeps its deliveries",
                    "add the module hookseal-inbox and a data source, or define a bean of type "
                            + Inbox.class.getName());
        }
        InboxListeners listeners = new InboxListeners(metrics == null ? inbox.get() : metrics.of(inbox.get()));
        all.forEach(listener -> listeners.add(listener.annotation().value(), listener.events()));
        return listeners;
    }
}
