package dev.hookseal.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An asynchronous request that tells its exchange before it is complete: after that the sender may see the answer. It
 * keeps its request and response, for work that ends after the container has taken them back.
 */
record HeldAsyncContext(
        AsyncContext context, ServletRequest request, ServletResponse response, WebhookExchange exchange)
        implements AsyncContext {
    private static final Logger LOG = LoggerFactory.getLogger(HeldAsyncContext.class);

    @Override
    public void complete() {
        exchange.completing();
        // the container has its request back, and may have given it to another one
        if (!exchange.isLate()) {
            context.complete();
        }
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        exchange.dispatching();
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        exchange.dispatching();
        context.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext target, String path) {
        exchange.dispatching();
        context.dispatch(target, path);
    }

    @Override
    public void start(Runnable work) {
        context.start(() -> run(work));
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
            if (exchange.isLate()) {
                // not to the container: Tomcat would answer the next request of the connection with it
                LOG.warn("An asynchronous handler failed after its request had timed out", e);
            } else {
                throw e;
            }
        }
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(listener, request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long milliseconds) {
        context.setTimeout(milliseconds);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
