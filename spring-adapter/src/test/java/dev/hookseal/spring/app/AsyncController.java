package dev.hookseal.spring.app;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Handlers that answer later; the tests complete what they left open. */
@RestController
public class AsyncController {
    // Jetty waits for ever if the time is over before the request has become an asynchronous one.
    private static final long TIMEOUT_MILLIS = 500;

    private final Calls calls;
    private final BlockingQueue<DeferredResult<String>> deferred = new LinkedBlockingQueue<>();
    private final BlockingQueue<CompletableFuture<String>> futures = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<String>> late = new ConcurrentHashMap<>();

    AsyncController(Calls calls) {
        this.calls = calls;
    }

    /** The work of the handler's first call for an event. */
    public CompletableFuture<String> late(String eventId) {
        return late.computeIfAbsent(eventId, id -> new CompletableFuture<>());
    }

    public BlockingQueue<DeferredResult<String>> deferred() {
        return deferred;
    }

    public BlockingQueue<CompletableFuture<String>> futures() {
        return futures;
    }

    @WebhookEndpoint("deferred")
    @PostMapping("/hooks/deferred")
    DeferredResult<String> deferred(FormFlowEvent event) {
        calls.add("deferred " + event.eventId());
        DeferredResult<String> result = new DeferredResult<>();
        deferred.add(result);
        return result;
    }

    @WebhookEndpoint("times-out")
    @PostMapping("/hooks/times-out")
    DeferredResult<String> timesOut(FormFlowEvent event) {
        calls.add("times-out " + event.eventId());
        return new DeferredResult<>(TIMEOUT_MILLIS);
    }

    @WebhookEndpoint("times-out-ok")
    @PostMapping("/hooks/times-out-ok")
    DeferredResult<ResponseEntity<String>> timesOutOk(FormFlowEvent event) {
        calls.add("times-out-ok " + event.eventId());
        return new DeferredResult<>(TIMEOUT_MILLIS, () -> ResponseEntity.ok("given up"));
    }

    @WebhookEndpoint("late-future")
    @PostMapping("/hooks/late-future")
    CompletableFuture<String> lateFuture(FormFlowEvent event, HttpServletRequest request) {
        calls.add("late " + event.eventId());
        TimeOut.of(request, TIMEOUT_MILLIS);
        return late(event.eventId());
    }

    @WebhookEndpoint("late-callable")
    @PostMapping("/hooks/late-callable")
    WebAsyncTask<String> lateCallable(FormFlowEvent event) {
        calls.add("late " + event.eventId());
        return new WebAsyncTask<>(TIMEOUT_MILLIS, () -> untilItIsThrough(late(event.eventId())));
    }

    // Spring interrupts a thread whose request has timed out, and the work may go on all the same.
    private static String untilItIsThrough(CompletableFuture<String> work) throws ExecutionException {
        while (true) {
            try {
                return work.get();
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    @WebhookEndpoint("future")
    @PostMapping("/hooks/future")
    CompletableFuture<String> future(FormFlowEvent event) {
        calls.add("future " + event.eventId());
        CompletableFuture<String> future = new CompletableFuture<>();
        futures.add(future);
        return future;
    }

    @WebhookEndpoint("callable")
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
