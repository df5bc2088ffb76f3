package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Handlers that answer later; the tests complete what they left open. */
@RestController
public class AsyncController {
    // Jetty waits for ever if the time is over before the request has become an asynchronous one.
    private static final long TIMEOUT_MILLIS = 500;

    private final Calls calls;
    private final BlockingQueue<DeferredResult<String>> deferred = new LinkedBlockingQueue<>();
    private final BlockingQueue<CompletableFuture<String>> futures = new LinkedBlockingQueue<>();

    AsyncController(Calls calls) {
        this.calls = calls;
    }

    public BlockingQueue<DeferredResult<String>> deferred() {
        return deferred;
    }

    public BlockingQueue<CompletableFuture<String>> futures() {
        return futures;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/hooks/deferred")
    DeferredResult<String> deferred(FormFlowEvent event) {
        calls.add("deferred " + event.eventId());
        DeferredResult<String> result = new DeferredResult<>();
        deferred.add(result);
        return result;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/hooks/times-out")
    DeferredResult<String> timesOut(FormFlowEvent event) {
        calls.add("times-out " + event.eventId());
        return new DeferredResult<>(TIMEOUT_MILLIS);
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/hooks/future")
    CompletableFuture<String> future(FormFlowEvent event) {
        calls.add("future " + event.eventId());
        CompletableFuture<String> future = new CompletableFuture<>();
        futures.add(future);
        return future;
    }

    @WebhookEndpoint("formflow")
    @PostMapping("/hooks/callable")
    Callable<String> callable(FormFlowEvent event) {
        return () -> {
            calls.add("callable " + event.eventId());
            if (calls.count("callable " + event.eventId()) == 1
                    && event.eventId().startsWith("failing")) {
                throw new IllegalArgumentException("the first time");
            }
            return "called";
        };
    }
}
