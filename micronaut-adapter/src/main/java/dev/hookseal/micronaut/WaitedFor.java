package dev.hookseal.micronaut;

import dev.hookseal.WebhookConfigurationException;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.ExecutableMethod;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Tells whether Micronaut waits for the work of a handler before it answers. */
final class WaitedFor {
    private static final String ASYNC = "io.micronaut.scheduling.annotation.Async";

    private WaitedFor() {}

    /**
     * Checks the method of an endpoint.
     *
     * @throws WebhookConfigurationException if the sender would have its answer before the handler has done its work
     */
    static void check(ExecutableMethod<?, ?> method) {
        Argument<?> result = method.getReturnType().asArgument();
        if (method.hasStereotype(ASYNC) && !result.isAsyncOrReactive()) {
            throw new WebhookConfigurationException(
                    EventParameters.name(method) + " carries @Async, so that the sender would be answered before the"
                            + " work is done",
                    "use @ExecuteOn(TaskExecutors.BLOCKING) in its place, or return a CompletionStage or a Publisher");
        }
        if (isBareFuture(result)) {
            throw new WebhookConfigurationException(
                    EventParameters.name(method) + " returns " + result.getTypeString(true)
                            + ", which Micronaut does not wait for",
                    "return a CompletableFuture or a Publisher");
        }
    }

    private static boolean isBareFuture(Argument<?> type) {
        boolean bare = Future.class.isAssignableFrom(type.getType())
                && !CompletionStage.class.isAssignableFrom(type.getType());
        return bare
                || type.getFirstTypeVariable().filter(WaitedFor::isBareFuture).isPresent();
    }
}
