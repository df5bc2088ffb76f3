package dev.hookseal.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;

/**
 * Tells the current delivery when its asynchronous request has timed out, while the handler goes on. Spring MVC can stop
 * no work; it only stops waiting.
 */
final class AsyncTimeouts implements CallableProcessingInterceptor, DeferredResultProcessingInterceptor {
    private static final String STAGE = AsyncTimeouts.class.getName() + ".STAGE";

    private final CurrentDelivery delivery;
    private final LateResult ofCallable = new LateResult();

    private AsyncTimeouts(CurrentDelivery delivery) {
        this.delivery = delivery;
    }

    /** Watches the asynchronous request that a handler may begin. */
    static void watch(HttpServletRequest request) {
        CurrentDelivery delivery = CurrentDelivery.find(request);
        if (delivery != null) {
            AsyncTimeouts timeouts = new AsyncTimeouts(delivery);
            WebAsyncUtils.getAsyncManager(request).registerCallableInterceptor(AsyncTimeouts.class, timeouts);
            WebAsyncUtils.getAsyncManager(request).registerDeferredResultInterceptor(AsyncTimeouts.class, timeouts);
        }
    }

    /** Remembers what a handler has returned, which Spring MVC makes a {@link DeferredResult} of. */
    static void returned(HttpServletRequest request, CompletionStage<?> stage) {
        request.setAttribute(STAGE, stage);
    }

    @Override
    public <T> Object handleTimeout(NativeWebRequest request, Callable<T> task) {
        delivery.timedOut(ofCallable);
        return RESULT_NONE;
    }

    @Override
    public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
        ofCallable.complete(result);
    }

    @Override
    public <T> boolean handleTimeout(NativeWebRequest request, DeferredResult<T> result) {
        delivery.timedOut(
                request.getAttribute(STAGE, NativeWebRequest.SCOPE_REQUEST) instanceof CompletionStage<?> stage
                        ? LateResult.of(stage)
                        : LateResult.unknown());
        return true;
    }
}
