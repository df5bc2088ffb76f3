package dev.hookseal.servlet;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.receive.WebhookReceiver;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Receives the deliveries of one endpoint in front of a servlet, which is called once for each genuine delivery and not
 * at all for anything else. Map it to the URL of the endpoint, with async support:
 *
 * <pre>{@code
 * FilterRegistration.Dynamic formflow = servletContext.addFilter("formflow", WebhookFilter.of(receiver));
 * formflow.setAsyncSupported(true);
 * formflow.addMappingForUrlPatterns(
 *         EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/webhooks/formflow");
 * }</pre>
 *
 * <p>The servlet gets the event, and may still read the body by any of the request's methods:
 *
 * <pre>{@code
 * protected void doPost(HttpServletRequest request, HttpServletResponse response) {
 *     FormFlowEvent event = WebhookFilter.verified(request, FormFlowEvent.class).event();
 *     ...
 * }
 * }</pre>
 *
 * <p>If it answers with 2xx, the delivery is handled, and a redelivery is acknowledged without calling it. If it throws
 * or answers with anything else, a redelivery is handled. The delivery is settled when the request ends: for an
 * asynchronous servlet when it completes, or when the servlet that it dispatches to returns, which is what the filter is
 * mapped to {@code ASYNC} for. If its request times out without an answer of 2xx, a redelivery gets 409 until the
 * receiver's lease is over. A servlet that flushes its answer and fails afterwards cannot take it back: the delivery is
 * reported as {@code FAILED_AFTER_ANSWER}.
 *
 * <p>A filter ahead of this one must not read the body, not even by {@code getParameter} of a form: such a delivery is
 * rejected. Filters behind it may. Multipart requests are rejected, too.
 */
public final class WebhookFilter implements Filter {
    private final EndpointBinding<?> binding;

    private WebhookFilter(EndpointBinding<?> binding) {
        this.binding = binding;
    }

    /** Returns a filter that lets every event of an endpoint through to the servlet. */
    public static WebhookFilter of(WebhookReceiver<?> receiver) {
        return new WebhookFilter(new EndpointBinding<>(receiver, Set.of()));
    }

    /**
     * Returns the same for some events; others with a valid signature are answered with 200, and the servlet is not
     * called.
     *
     * @param names such as {@code extracted}; at least one
     * @throws IllegalArgumentException if no name is given, or the provider does not send one of them, or the endpoint has
     *     no secret for it
     */
    public WebhookFilter events(String... names) {
        Set<String> events = Set.of(names);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("At least one event is needed; without events() all are handled");
        }
        return new WebhookFilter(new EndpointBinding<>(binding.receiver(), events));
    }

    /**
     * Returns the delivery that the filter has verified.
     *
     * @param eventClass the class of the endpoint's events, such as {@code FormFlowEvent}
     * @throws IllegalStateException if no filter has verified this request, or its events are of another class
     */
    @SuppressWarnings("unchecked") // the event is an instance, which is checked
    public static <E> VerifiedWebhook<E> verified(ServletRequest request, Class<E> eventClass) {
        WebhookExchange exchange = WebhookExchange.find(request);
        VerifiedWebhook<?> webhook = exchange == null ? null : exchange.admitted();
        if (webhook == null) {
            throw new IllegalStateException("This request is not verified: map a WebhookFilter to the servlet's URL,"
                    + " with every path that the servlet is mapped to, and async support");
        }
        if (!eventClass.isInstance(webhook.event())) {
            throw new IllegalStateException("Endpoint " + webhook.endpoint() + " has no events of type "
                    + eventClass.getName() + ": use the type of its provider's events");
        }
        return (VerifiedWebhook<E>) webhook;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("A webhook comes over HTTP; this is a " + request.getProtocol() + " request");
        }
        WebhookExchange running = WebhookExchange.find(request);
        if (running != null) {
            receive(running, http, answer, chain);
            return;
        }
        WebhookReceiver<?> receiver = binding.receiver();
        WebhookExchange exchange =
                WebhookExchange.begin(http, answer, Set.copyOf(receiver.signatureHeaders()), receiver.bodyLimits());
        try {
            receive(exchange, exchange.request(), exchange.response(), chain);
        } finally {
            exchange.returned();
        }
    }

    // A running exchange's own wrappers are among what is passed on: a forward or a dispatch keeps them.
    private void receive(
            WebhookExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (exchange.admit(binding)) {
            exchange.run(chain, request, response);
        }
    }
}
