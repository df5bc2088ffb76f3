package dev.hookseal.micronaut;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.inbox.InboxDispatcher;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes the dispatcher, which an application with its own consumer calls as well. */
@Factory
final class InboxFactory {

    @Singleton
    InboxDispatcher inboxDispatcher(
            BoundListeners listeners, @Nullable ListenerGuarantee guarantee, BeanContext context) {
        InboxDispatcher.Builder dispatcher = InboxDispatcher.builder();
        for (BoundListeners.Bound listener : listeners.all()) {
            boolean inTransaction = guarantee != null && guarantee.isInTransaction(listener.method());
            add(listener.binding(), listener, inTransaction, dispatcher, context);
        }
        return dispatcher.build();
    }

    private static <E> void add(
            EndpointBinding<E> binding,
            BoundListeners.Bound listener,
            boolean inTransaction,
            InboxDispatcher.Builder dispatcher,
            BeanContext context) {
        binding.addListener(dispatcher, listener.name(), listener.method().handler(context), inTransaction);
    }
}
