package dev.hookseal.micronaut;

import dev.hookseal.inbox.jdbc.InboxWorkers;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Starts the workers once the server has started, and ends them when it has stopped, while all other beans are still
 * there.
 */
@Singleton
@Requires(classes = InboxWorkers.class)
final class RunningWorkers implements ApplicationEventListener<ServerStartupEvent> {
    private final ListenerMethods listeners;
    private final BeanProvider<InboxWorkers> workers;
    private @Nullable InboxWorkers started;

    RunningWorkers(ListenerMethods listeners, BeanProvider<InboxWorkers> workers) {
        this.listeners = listeners;
        this.workers = workers;
    }

    @Override
    public synchronized void onApplicationEvent(ServerStartupEvent event) {
        if (!listeners.all().isEmpty() && workers.isPresent() && !workers.get().isRunning()) {
            started = workers.get();
            started.start();
        }
    }

    private synchronized void stop() {
        if (started != null) {
            started.close();
        }
    }

    /** Ends them. */
    @Singleton
    @Requires(classes = InboxWorkers.class)
    static final class AtTheEnd implements ApplicationEventListener<ShutdownEvent> {
        private final RunningWorkers workers;

        AtTheEnd(RunningWorkers workers) {
            this.workers = workers;
        }

        @Override
        public void onApplicationEvent(ShutdownEvent event) {
            workers.stop();
        }
    }
}
