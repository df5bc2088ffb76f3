package dev.hookseal.servlet;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.WebhookResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
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
 * One request and its response, on their way through a {@link BodyCachingFilter} or a {@link WebhookFilter}: what a
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

    private final CachedRequest request;
    private final HeldResponse response;
    // By receiver, so that a forward from one endpoint to the handler of another one is verified again.
    private final Map<WebhookReceiver<?>, AdmittedDelivery<?>> admitted = new ConcurrentHashMap<>();
    private final Set<AdmittedDelivery<?>> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable VerifiedWebhook<?> latest;
    // Not isAsyncStarted(), which may say no as soon as a dispatch is asked for.
    private volatile boolean asynchronous;
    private volatile boolean dispatched;
    // The container ends the request, and work that another thread does may go on.
    private volatile boolean timedOut;
    private volatile @Nullable AsyncContext watched;
    // What an asynchronous request failed with, until its answer is there.
    private volatile @Nullable Throwable failure;
    private volatile boolean acceptIgnored;

    private WebhookExchange(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, BodyLimits limits) {
        this.request = new CachedRequest(request, this, signatureHeaders, limits);
        this.response = new HeldResponse(response);
    }

    static WebhookExchange begin(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, BodyLimits limits) {
        WebhookExchange exchange = new WebhookExchange(request, response, signatureHeaders, limits);
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
    public <E> boolean admit(EndpointBinding<E> route) throws IOException {
        AdmittedDelivery<?> before = admitted.get(route.receiver());
        if (before != null) {
            return route.asksFor(before);
        }
        Decision<E> decision = route.receive(request.asWebhook(route.receiver().bodyLimits()));
        if (decision instanceof Decision.Admitted<E> granted) {
            admitted.put(route.receiver(), granted.delivery());
            open.add(granted.delivery());
            latest = granted.delivery().webhook();
            response.hold();
            return true;
        }
        write(((Decision.Answered<E>) decision).response());
        return false;
    }

    /**
     * The admitted delivery.
     *
     * @throws IllegalStateException if none was admitted for this route's receiver
     */
    @SuppressWarnings("unchecked") // admit put it there, from a receiver of the same E
    public <E> VerifiedWebhook<E> webhook(EndpointBinding<E> route) {
        return (VerifiedWebhook<E>) handling(route).webhook();
    }

    /**
     * The handler has answered, with the status that the response has now. To be called before the response is flushed
     * or closed by anything but the handler.
     *
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void answered(EndpointBinding<?> route) {
        answered(route, null);
    }

    /**
     * The sender gets the status that the response has now, after the handler threw this. Call {@link #threw} before the
     * framework looks for an answer: 2xx is then a status that the application chose.
     *
     * @param thrown null if nothing was thrown
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void answered(EndpointBinding<?> route, @Nullable Throwable thrown) {
        endByStatus(Set.of(handling(route)), thrown);
    }

    /**
     * The handler has thrown, and the framework is about to look for an answer. The status is 500 from now on, also after
     * a reset of the response, unless the application sets another one.
     */
    public void threw() {
        response.fail();
    }

    /** Whether this was thrown, or caused, by a connection that broke while the answer was written. */
    public boolean isBrokenConnection(Throwable thrown) {
        return response.isBrokenBy(thrown);
    }

    /**
     * The handler has thrown.
     *
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void failed(EndpointBinding<?> route) {
        failed(route, null);
    }

    /**
     * The handler has thrown this, and no answer counts.
     *
     * @param thrown null if unknown
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public void failed(EndpointBinding<?> route, @Nullable Throwable thrown) {
        endAsFailed(Set.of(handling(route)), thrown);
    }

    /**
     * The request has timed out with the status that the response has now, and the handler goes on.
     *
     * @return for the caller to end, once the handler has ended
     * @throws IllegalStateException if no delivery was admitted for this route's receiver
     */
    public AdmittedDelivery<?> timedOut(EndpointBinding<?> route) {
        AdmittedDelivery<?> handling = handling(route);
        if (end(Set.of(handling), late -> late.timedOut(response.getStatus()))) {
            response.release();
        }
        return handling;
    }

    /**
     * Hides the request's {@code Accept} header from now on. A sender of webhooks reads no answer, so the header decides
     * nothing about it, and must not make a framework fail after the handler ran.
     */
    public void ignoreAccept() {
        acceptIgnored = true;
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

    boolean isAcceptIgnored() {
        return acceptIgnored;
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
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
        if (!asynchronous) {
            endByStatus(open);
        }
    }

    /** Ends what is open together with an asynchronous request, and before its response is complete. */
    AsyncContext watch(AsyncContext context, ServletRequest request, ServletResponse response) {
        asynchronous = true;
        dispatched = false;
        context.addListener(new EndOfRequest());
        AsyncContext view = new HeldAsyncContext(context, request, response, this);
        watched = view;
        return view;
    }

    /** The view that {@link #watch} gave last. */
    @Nullable
    AsyncContext watched() {
        return watched;
    }

    /** Whether the container has taken back request and response, and the handler goes on. */
    boolean isLate() {
        return response.isDetached();
    }

    /** The asynchronous request is about to be completed by its handler. */
    void completing() {
        endByStatus(open);
    }

    /** The asynchronous request is about to go on in a servlet, whose exception would be a handler's. */
    void dispatching() {
        dispatched = true;
    }

    private AdmittedDelivery<?> handling(EndpointBinding<?> route) {
        AdmittedDelivery<?> handling = admitted.get(route.receiver());
        if (handling == null) {
            throw new IllegalStateException("No delivery was admitted for endpoint " + route.endpoint());
        }
        return handling;
    }

    private void endByStatus(Collection<AdmittedDelivery<?>> handlings) {
        endByStatus(handlings, failure);
    }

    private void endByStatus(Collection<AdmittedDelivery<?>> handlings, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (timedOut && !response.isDetached() && (status < 200 || status > 299)) {
            handlings.forEach(handling -> handling.timedOut(status));
            response.release();
            return;
        }
        if (end(handlings, handling -> handling.answered(status, thrown))) {
            response.release();
        }
    }

    /** The handler has thrown this, or what it had another thread run. */
    void fail(Throwable thrown) {
        if (isOpen()) {
            answerUnlessChosen();
            endAsFailed(open, unwrapped(thrown));
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof ServletException wrapper ? wrapper.getRootCause() : null;
        return cause == null ? thrown : cause;
    }

    private void endAsFailed(Collection<AdmittedDelivery<?>> handlings, @Nullable Throwable thrown) {
        if (end(handlings, handling -> handling.failed(thrown))) {
            response.abandon();
        }
    }

    /** Sets a status of failure, which the application may set to another one: 2xx is an answer only by choice. */
    private void answerUnlessChosen() {
        if (!response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** Whether nothing is open any longer. */
    private boolean end(Collection<AdmittedDelivery<?>> handlings, Consumer<AdmittedDelivery<?>> how) {
        for (AdmittedDelivery<?> handling : handlings) {
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
        UnreadBody unread = request.unread();
        boolean left = unread.isLeft();
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (left) {
            response.setHeader("Connection", "close");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        if (left) {
            response.flushBuffer();
            unread.leave(answer.status() != 408 && answer.status() != 503);
        }
    }

    /**
     * For what ends past the view of the context: a dispatch, a listener that completes the context of its event, or
     * the container itself. It is the first listener, so that the application's come after it: what they answer to a
     * time-out or a failure counts, and unless they do the status is one of failure.
     */
    private final class EndOfRequest implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            endEarly();
        }

        @Override
        public void onError(AsyncEvent event) {
            if (timedOut || !isOpen()) {
                return;
            }
            if (!dispatched) {
                // no handler's exception: the connection broke
                endEarly();
            } else if (response.isCommitted()) {
                endAsFailed(open, unwrapped(event.getThrowable()));
            } else {
                failure = unwrapped(event.getThrowable());
                answerUnlessChosen();
            }
        }

        private void endEarly() {
            if (isOpen()) {
                timedOut = true;
                response.beforeTimeOut();
                answerUnlessChosen();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // Jetty does not tell it by onError
            if (dispatched
                    && failure == null
                    && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
                failure = unwrapped(thrown);
            }
            endByStatus(open);
            if (isOpen()) {
                response.detach();
            }
        }

        // The request that starts again is ours, and watches itself.
        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
