package dev.hookseal.servlet;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.receive.AdmittedDelivery;
import dev.hookseal.receive.Decision;
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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request and its response on their way through a {@link BodyCachingFilter} or a {@link WebhookFilter}. A framework's
 * interceptor asks it to decide on the delivery:
 *
 * <pre>{@code
 * WebhookExchange exchange = WebhookExchange.find(request);   // null: no filter ran
 * if (!exchange.admit(binding)) {
 *     return false;                                            // the sender has its answer
 * }
 * VerifiedWebhook<FormFlowEvent> webhook = exchange.webhook(binding);
 * }</pre>
 *
 * <p>One request is one delivery, for one endpoint. It is settled when the request ends: when the chain returns or
 * throws, or with the asynchronous request. The status of the response decides, and what the interceptor reported by
 * {@link #threw} or {@link #failed}.
 */
public final class WebhookExchange {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookExchange.class);
    private static final String ATTRIBUTE = WebhookExchange.class.getName();

    private final CachedRequest request;
    private final WatchedResponse response;
    // Volatile, since the thread that ends an asynchronous request need not be the one that began it.
    private volatile @Nullable Admission admission;
    // Not isAsyncStarted(), which may be false as soon as a dispatch is requested.
    private volatile boolean asynchronous;
    private volatile boolean timedOut;
    // What went out before is not an answer to the time-out.
    private volatile boolean sentBeforeTimeOut;
    private volatile boolean failedAfterAnswer;
    private volatile @Nullable Throwable thrown;
    private volatile boolean acceptIgnored;
    private volatile @Nullable AsyncContext watched;
    private volatile boolean ended;

    private record Admission(EndpointBinding<?> binding, AdmittedDelivery<?> delivery) {}

    private WebhookExchange(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, BodyLimits limits) {
        this.request = new CachedRequest(request, this, signatureHeaders, limits);
        this.response = new WatchedResponse(response);
    }

    static WebhookExchange begin(
            HttpServletRequest request, HttpServletResponse response, Set<String> signatureHeaders, BodyLimits limits) {
        WebhookExchange exchange = new WebhookExchange(request, response, signatureHeaders, limits);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /**
     * Returns the exchange of a request, whatever it is wrapped in; null if none of the filters ran. An exchange ends with
     * its request: a container that used the object of a request again, with its attributes, would not pass it on to the
     * next one.
     */
    public static @Nullable WebhookExchange find(ServletRequest request) {
        boolean isNew = request.getDispatcherType() == DispatcherType.REQUEST;
        return request.getAttribute(ATTRIBUTE) instanceof WebhookExchange exchange && !(isNew && exchange.ended)
                ? exchange
                : null;
    }

    /**
     * Decides on the delivery for a handler. If the handler must not run, this writes the sender's answer. A delivery
     * that was admitted before, as in an asynchronous dispatch, is not decided on again.
     *
     * @return whether the handler is to run
     * @throws IOException if the answer cannot be written
     * @throws IllegalStateException if the delivery was admitted for another endpoint, or the handler does not want its
     *     event: after a forward, for instance
     */
    public <E> boolean admit(EndpointBinding<E> binding) throws IOException {
        Admission before = admission;
        if (before != null) {
            checkSame(before, binding);
            return true;
        }
        Decision<E> decision =
                binding.receive(request.asWebhook(binding.receiver().bodyLimits()));
        if (decision instanceof Decision.Admitted<E> admitted) {
            admission = new Admission(binding, admitted.delivery());
            return true;
        }
        write(((Decision.Answered<E>) decision).response());
        return false;
    }

    private static void checkSame(Admission before, EndpointBinding<?> binding) {
        if (before.binding().receiver() != binding.receiver() || !binding.asksFor(before.delivery())) {
            throw new IllegalStateException("This request was admitted for endpoint "
                    + before.binding().endpoint() + ", and a handler of endpoint " + binding.endpoint()
                    + " with other events cannot handle it too: forward to a handler without @WebhookEndpoint or"
                    + " WebhookFilter, or call its method");
        }
    }

    /**
     * Returns the admitted delivery.
     *
     * @throws IllegalStateException if none was admitted for this endpoint
     */
    @SuppressWarnings("unchecked") // admit put it there, from a receiver of the same E
    public <E> VerifiedWebhook<E> webhook(EndpointBinding<E> binding) {
        return (VerifiedWebhook<E>) delivery(binding).webhook();
    }

    /**
     * Notes that the handler has thrown this, before the framework looks for an answer. The status is 500 from now on,
     * also after a reset of the response, until the application sets another one: a 2xx is then its choice.
     */
    public void threw(Throwable thrown) {
        this.thrown = thrown;
        failedAfterAnswer |= response.isCommitted();
        response.fail();
    }

    /** Returns whether this was thrown, or caused, by a connection that broke while the answer was written. */
    public boolean isBrokenConnection(Throwable thrown) {
        return response.isBrokenBy(thrown);
    }

    /**
     * Settles the delivery by the status that the response has now. A framework that knows it may call this before the
     * chain returns.
     */
    public void answered() {
        Admission admitted = admission;
        if (admitted == null) {
            return;
        }
        int status = response.getStatus();
        if (failedAfterAnswer) {
            admitted.delivery().failedAfterAnswer(status, thrown);
        } else if (timedOut && (sentBeforeTimeOut || status < 200 || status > 299)) {
            admitted.delivery().timedOut(status);
        } else {
            admitted.delivery().answered(status, thrown);
        }
    }

    /**
     * Ends the delivery as failed, whatever the status: the framework answers for an exception that the application does
     * not handle.
     *
     * @param thrown what the handler threw
     */
    public void failed(Throwable thrown) {
        Admission admitted = admission;
        if (admitted == null) {
            return;
        }
        // After a time-out the container has the response back, and what went out is not the handler's answer.
        if (!timedOut && (failedAfterAnswer || (response.isCommitted() && !response.isBrokenBy(thrown)))) {
            admitted.delivery().failedAfterAnswer(response.getStatus(), thrown);
        } else {
            admitted.delivery().failed(thrown);
        }
    }

    /**
     * Notes that the request has timed out with the status that the response has now, while the handler goes on.
     *
     * @return the delivery, to be ended when the handler ends
     * @throws IllegalStateException if none was admitted for this endpoint
     */
    public AdmittedDelivery<?> timedOut(EndpointBinding<?> binding) {
        AdmittedDelivery<?> delivery = delivery(binding);
        delivery.timedOut(response.getStatus());
        return delivery;
    }

    /**
     * Hides the request's {@code Accept} header from now on. A sender of webhooks reads no answer, so the header decides
     * nothing about it, and must not make a framework fail after the handler ran.
     */
    public void ignoreAccept() {
        acceptIgnored = true;
    }

    /** Returns the admitted delivery; null without one. */
    @Nullable
    VerifiedWebhook<?> admitted() {
        Admission admitted = admission;
        return admitted == null ? null : admitted.delivery().webhook();
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

    /** Runs the rest of the chain, and settles what was admitted in it or before. */
    void run(FilterChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            asynchronous = false;
        }
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            answerWithFailure();
            failed(unwrapped(e));
            throw e;
        }
        if (!asynchronous) {
            answered();
        }
    }

    /** Notes that the filter which began this has returned: unless the request goes on, it is over. */
    void returned() {
        ended = !asynchronous;
    }

    /** Settles the delivery together with an asynchronous request, and returns the context for its handler. */
    AsyncContext watch(AsyncContext context) {
        asynchronous = true;
        context.addListener(new EndOfRequest());
        AsyncContext view = WatchedAsyncContext.of(context, this::failAsynchronously);
        watched = view;
        return view;
    }

    /** Returns the context that {@link #watch} returned last; null without one. */
    @Nullable
    AsyncContext watched() {
        return watched;
    }

    private void failAsynchronously(Throwable thrown) {
        if (timedOut) {
            failed(thrown);
            // not to the container: Tomcat would answer the next request of the connection with it
            LOG.warn("An asynchronous handler failed after its request had timed out", thrown);
            return;
        }
        answerWithFailure();
        failed(thrown);
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private AdmittedDelivery<?> delivery(EndpointBinding<?> binding) {
        Admission admitted = admission;
        if (admitted == null || admitted.binding().receiver() != binding.receiver()) {
            throw new IllegalStateException("No delivery was admitted for endpoint " + binding.endpoint());
        }
        return admitted.delivery();
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown instanceof ServletException wrapper ? wrapper.getRootCause() : null;
        return cause == null ? thrown : cause;
    }

    // The application may set another status: 2xx is an answer only by choice.
    private void answerWithFailure() {
        if (admission != null && !response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    // No sendError: it would have the container send its own error page.
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
     * Hears how an asynchronous request ends. It is the first listener, so that the application's come after it: what
     * they answer to a time-out or a failure counts, and unless they do the status is one of failure.
     */
    private final class EndOfRequest implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            timedOut = true;
            sentBeforeTimeOut = response.isCommitted();
            answerWithFailure();
        }

        @Override
        public void onError(AsyncEvent event) {
            if (timedOut) {
                return;
            }
            if (event.getThrowable() instanceof IOException) {
                // The connection broke. The handler may go on, as after a time-out.
                onTimeout(event);
            } else if (event.getThrowable() != null) {
                threw(unwrapped(event.getThrowable()));
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // Jetty does not tell by onError that a servlet which was dispatched to has thrown
            if (thrown == null
                    && !timedOut
                    && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable dispatched) {
                threw(unwrapped(dispatched));
            }
            answered();
            ended = true;
        }

        // The request that starts again is ours, and watches itself.
        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
