package dev.hookseal.spring.app;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.AsyncWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;

/** A time-out for the asynchronous request of one handler, where its result has none. */
public record TimeOut(long millis) implements DeferredResultProcessingInterceptor {

    /** Sets the time-out for what the handler of this request returns. */
    public static void of(HttpServletRequest request, long millis) {
        WebAsyncUtils.getAsyncManager(request).registerDeferredResultInterceptor(TimeOut.class, new TimeOut(millis));
    }

    @Override
    public <T> void beforeConcurrentHandling(NativeWebRequest request, DeferredResult<T> result) {
        ((AsyncWebRequest) request).setTimeout(millis);
    }
}
