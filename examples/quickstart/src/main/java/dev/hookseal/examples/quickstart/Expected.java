package dev.hookseal.examples.quickstart;

import org.jspecify.annotations.Nullable;

/**
 * The expected answer to a delivery, and the event that is handled.
 *
 * @param status the HTTP status
 * @param event the event that the handler is to see; null if it is not to be called
 */
record Expected(int status, @Nullable String event) {

    static Expected handled(String event) {
        return new Expected(200, event);
    }

    static Expected notCalled(int status) {
        return new Expected(status, null);
    }

    /**
     * Returns whether it has come so. The answer to a body that is too large may be lost, since it comes while its
     * sender is still writing to a connection that is no longer read: then it sees it closed.
     */
    boolean isMetBy(Outcome outcome) {
        if (status == 413 && outcome.isClosed()) {
            return true;
        }
        return status == outcome.status() && (event == null ? !outcome.handlerRan() : event.equals(outcome.event()));
    }
}
