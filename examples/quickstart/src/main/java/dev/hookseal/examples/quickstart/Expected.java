package dev.hookseal.examples.quickstart;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of a delivery.
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

    boolean isMetBy(Outcome outcome) {
        return status == outcome.status() && (event == null ? !outcome.handlerRan() : event.equals(outcome.event()));
    }
}
