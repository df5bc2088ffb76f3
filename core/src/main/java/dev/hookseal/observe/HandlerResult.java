package dev.hookseal.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a handler.
 *
 * @param duration from the moment the handler was allowed to run until its result was known
 * @param status the status that the sender gets; null if the handler ended without one, such as by an exception that
 *     was thrown through to the server
 * @param failure what the handler threw; null if it threw nothing, or the adapter cannot see it
 */
public record HandlerResult(
        Duration duration,
        @Nullable Integer status,
        @Nullable Throwable failure) {

    /** Returns the status and the class of the exception, such as {@code 500, java.io.EOFException}: for a log line. */
    String describe() {
        if (failure == null) {
            return status == null ? "no answer" : "status " + status;
        }
        String thrown = failure.getClass().getName();
        return status == null ? thrown : "status " + status + ", " + thrown;
    }
}
