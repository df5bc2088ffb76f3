package dev.hookseal.servlet;

import dev.hookseal.Handling;
import dev.hookseal.Reception;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookReceiver;
import dev.hookseal.WebhookResponse;
import dev.hookseal.adapter.WebhookRoute;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, on their way through a {@link CaptureFilter} or a {@link WebhookFilter}: what a
 * framework's interceptor asks to decide on a delivery.
 *
 * <pre>{@code
 * WebhookExchange exchange = WebhookExchange.find(request);   // null: no filter ran
 * if (!exchange.admit(route)) {
 *     return false;                                            // the sender has its answer
 * }
 * VerifiedWebhook<FormFlowEvent> webhook = exchange.webhook(route);
 * ...
 * exchange.answered(route);                                    // or failed(route)
 * }</pre>
 *
 * <p>Each admitted delivery ends once, and before its answer has gone out completely. What an interceptor does not end,
 * the filter ends when the chain returns or throws, or with the asynchronous request.
 */
public final class WebhookExchange {
    private static final String ATTRIBUTE = WebhookExchange.class.getName();

    private final CapturedRequest request;
    private final HeldResponse response;
    // By receiver, so that a forward from one endpoint to the handler of another one is verified again.
    private final Map<WebhookReceiver<?>, Handling<?>> admitted = new ConcurrentHashMap<>();
    private final Set<Handling<?>> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable VerifiedWebhook<?> latest;
    // Not isAsyncStarted(), which may say no as soon as a dispatch is asked for.
    private volatile boolean asynchronous;

    private WebhookExchange(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, int maxBodyBytes) {
        this.request = new CapturedRequest(request, this, signatureHeaders, maxBodyBytes);
        this.response = new HeldResponse(response);
    }

    static WebhookExchange begin(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, int maxBodyBytes) {
        WebhookExchange exchange = new WebhookExchange(request, response, signatureHeaders, maxBodyBytes);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The exchange that a request belongs to, whatever it is wrapped in; null if none of the filters ran. */
    public static @Nullable WebhookExchange find(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof WebhookExchange exchange ? exchange : null;
    }

    /**
     * Decides on the delivery for a handler. Where it is not to run, the sender's answer is written. A delivery that
     * was admitted for the same receiver before, as in an asynchronous dispatch, is not decided on again; a forward to a
     * handler that asks for other events does not reach it.
     *
     * @return whether the handler is to run
     * @throws IOException if the answer cannot be written
     */
    public <E> boolean admit(WebhookRoute<E> route) throws IOException {
        Handling<?> before = admitted.get(route.receiver());
        if (before != null) {
            return route.asksFor(before);
        }
        Reception<E> reception =
                route.receive(request.asWebhook(route.receiver().maxBodyBytes()));
        if (reception instanceof Reception.Admitted<E> granted) {
            admitted.put(route.receiver(), granted.handling());
            open.add(granted.handling());
            latest = granted.handling().webhook();
            response.hold();
            return true;
        }
        write(((Reception.Answered<E>) reception).response());
        return false;
    }

    /**
     * The admitted delivery.
     *
     * @throws IllegalStateException if none was admitted for this route's receiver
     */
    @SuppressWarnings("unchecked") // admit put it there, from a receiver of the same E
    public <E> VerifiedWebhook<E> webhook(WebhookRoute<E> route) {
        return (VerifiedWebhook<E>) handling(route).webhook();
    }

    /**
     * The handler has answered, with the status that the response has now. To be called before the response is flushed
     * or closed by anything but the handler.
     *
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void answered(WebhookRoute<?> route) {
        endByStatus(Set.of(handling(route)));
    }

    /**
     * The handler has thrown.
     *
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void failed(WebhookRoute<?> route) {
        endAsFailed(Set.of(handling(route)));
    }

    /** What was admitted last; null if nothing was. */
    @Nullable
    VerifiedWebhook<?> latest() {
        return latest;
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    /** Whether a handler is under way. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Runs the rest of the chain, and ends whatever was admitted in it or before. */
    void run(FilterChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            asynchronous = false;
        }
        boolean returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (!returned) {
                endAsFailed(open);
            } else if (!asynchronous) {
                endByStatus(open);
            }
        }
    }

    /** Ends what is open together with an asynchronous request. */
    AsyncContext watch(AsyncContext context) {
        asynchronous = true;
        context.addListener(new EndOfRequest());
        return held(context);
    }

    /** A view of the context that ends what is open before it completes the response. */
    AsyncContext held(AsyncContext context) {
        return new HeldAsyncContext(context, () -> endByStatus(open));
    }

    private Handling<?> handling(WebhookRoute<?> route) {
        Handling<?> handling = admitted.get(route.receiver());
        if (handling == null) {
            throw new IllegalStateException("No delivery was admitted for endpoint " + route.endpoint());
        }
        return handling;
    }

    private void endByStatus(Collection<Handling<?>> handlings) {
        if (end(handlings, handling -> handling.answered(response.getStatus()))) {
            response.release();
        }
    }

    private void endAsFailed(Collection<Handling<?>> handlings) {
        if (end(handlings, Handling::failed)) {
            response.abandon();
        }
    }

    /** Whether nothing is open any longer. */
    private boolean end(Collection<Handling<?>> handlings, Consumer<Handling<?>> how) {
        for (Handling<?> handling : handlings) {
            if (open.contains(handling)) {
                how.accept(handling);
                open.remove(handling);
            }
        }
        return open.isEmpty();
    }

    // No sendError: it would have the container make a page of its own.
    private void write(WebhookResponse answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * For what ends past the view of the context: a dispatch, a listener that completes the context of its event, or
     * the container itself. A time-out decides nothing: somebody may answer it yet, and what is answered then counts.
     */
    private final class EndOfRequest implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            endByStatus(open);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            endAsFailed(open);
        }

        // The request that starts again is ours, and watches itself.
        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
