package dev.hookseal.micronaut;

import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.receive.WebhookReceiver;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the dispatcher, which an application with its own consumer calls as well. */
@Factory
final class InboxFactory {
    private static final Logger LOG = LoggerFactory.getLogger(InboxFactory.class);

    @Singleton
    InboxDispatcher inboxDispatcher(
            BoundListeners listeners, @Nullable ListenerGuarantee guarantee, BeanContext context) {
        InboxDispatcher.Builder dispatcher = InboxDispatcher.builder();
        for (BoundListeners.Bound listener : listeners.all()) {
            boolean inTransaction = guarantee != null && guarantee.isInTransaction(listener.method());
            LOG.info(
                    "{} {}: {}, completes {}",
                    listener.binding().endpoint(),
                    events(listener.binding().events()),
                    listener.name(),
                    inTransaction ? "in its transaction" : "after it: at least once");
            // what a disabled endpoint has stored waits until it is enabled
            if (listener.binding().receiver().isEnabled()) {
                add(listener.binding().receiver(), listener, inTransaction, dispatcher, context);
            }
        }
        return dispatcher.build();
    }

    private static String events(Set<String> names) {
        return names.isEmpty() ? "every event" : String.join(", ", new TreeSet<>(names));
    }

    private static <E> void add(
            WebhookReceiver<E> receiver,
            BoundListeners.Bound listener,
            boolean inTransaction,
            InboxDispatcher.Builder dispatcher,
            BeanContext context) {
        String endpoint = receiver.settings().name();
        Set<String> events = listener.binding().events();
        if (inTransaction) {
            dispatcher.transactionalListener(
                    endpoint, receiver::restore, events, listener.method().handler(context));
        } else {
            dispatcher.listener(
                    endpoint, receiver::restore, events, listener.method().handler(context));
        }
    }
}
