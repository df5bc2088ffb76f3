package dev.hookseal.spring;

import dev.hookseal.inbox.jdbc.InboxWorkers;
import org.springframework.context.SmartLifecycle;

/** Starts the workers with the application, and closes them once its web server has stopped. */
final class InboxLifecycle implements SmartLifecycle {
    // Boot stops the web server gracefully in the default phase less 1024, and for good in that less 2048.
    private static final int PHASE = DEFAULT_PHASE - 3072;

    private final InboxWorkers workers;
    private volatile boolean running;

    InboxLifecycle(InboxWorkers workers) {
        this.workers = workers;
    }

    @Override
    public void start() {
        workers.start();
        running = true;
    }

    @Override
    public void stop() {
        workers.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
