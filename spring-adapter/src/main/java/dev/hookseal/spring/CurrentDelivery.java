package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.servlet.WebhookExchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The delivery that a request's handler was admitted with, and what is known of how the handler ended. */
final class CurrentDelivery {
    private static final String ATTRIBUTE = CurrentDelivery.class.getName();

    private final WebhookExchange exchange;
    private final EndpointBinding<?> binding;
    // The thread that goes on with an asynchronous request need not be the one that began it.
    private volatile @Nullable LateResult late;

    private CurrentDelivery(WebhookExchange exchange, EndpointBinding<?> binding) {
        this.exchange = exchange;
        this.binding = binding;
    }

    /**
     * Decides on the delivery for a handler.
     *
     * @return whether the handler is to run; if not, the sender has its answer
     * @throws IllegalStateException if the capture filter did not run
     */
    static boolean admit(HttpServletRequest request, EndpointBinding<?> binding) throws IOException {
        WebhookExchange exchange = WebhookExchange.find(request);
        if (exchange == null) {
            throw new IllegalStateException("The delivery at endpoint " + binding.endpoint() + " cannot be verified,"
                    + " since no BodyCachingFilter ran before: with Spring Boot let nothing replace or disable the"
                    + " FilterRegistrationBean hooksealBodyCachingFilter, without it register a BodyCachingFilter for every"
                    + " URL with async support, and add it to a MockMvc that you build yourself with addFilters(...)");
        }
        if (!exchange.admit(binding)) {
            return false;
        }
        exchange.ignoreAccept();
        CurrentDelivery before = find(request);
        if (before == null || before.exchange != exchange) {
            request.setAttribute(ATTRIBUTE, new CurrentDelivery(exchange, binding));
        }
        return true;
    }

    /** Returns null if the handler of this request was not admitted with one. */
    static @Nullable CurrentDelivery find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof CurrentDelivery delivery ? delivery : null;
    }

    /**
     * Returns the verified delivery.
     *
     * @throws IllegalStateException if there is no such delivery, or its event is of another type
     */
    static VerifiedWebhook<?> webhook(@Nullable HttpServletRequest request, Class<?> eventType) {
        CurrentDelivery delivery = request == null ? null : find(request);
        if (delivery == null) {
            throw new IllegalStateException("There is no verified delivery in this request, so there is no "
                    + eventType.getName() + ": only a handler method annotated with @WebhookEndpoint has one, or a"
                    + " RouterFunction with a WebhookHandlerFilter");
        }
        VerifiedWebhook<?> webhook = delivery.exchange.webhook(delivery.binding);
        if (!eventType.isInstance(webhook.event())) {
            throw new IllegalStateException("The delivery at endpoint " + webhook.endpoint() + " has no event of type "
                    + eventType.getName() + ": use the type of its provider's events");
        }
        return webhook;
    }

    /** Returns whether it was admitted for a handler with this binding. */
    boolean isFor(EndpointBinding<?> other) {
        return binding.equals(other);
    }

    /**
     * Records what the handler, or what runs around it, threw, before Spring MVC looks for an exception handler. From
     * here on a status of 2xx is one that the application has chosen: neither the status that a response begins with,
     * nor Spring's silence about exceptions that look like a client that has gone.
     */
    void threw(Throwable failure) {
        if (!exchange.isBrokenConnection(failure)) {
            exchange.threw(unwrapped(failure));
        }
    }

    /** Records that the request has timed out, and how the handler ends later. */
    void timedOut(LateResult result) {
        late = result;
    }

    /**
     * Ends the delivery with the request.
     *
     * @param escaped what no exception handler of the application has answered
     * @param status what the sender gets
     */
    void end(@Nullable Exception escaped, int status) {
        LateResult later = late;
        if (later != null && (status < 200 || status > 299)) {
            later.settle(exchange.timedOut(binding));
        } else if (escaped != null && !exchange.isBrokenConnection(escaped)) {
            exchange.failed(unwrapped(escaped));
        } else {
            exchange.answered();
        }
    }

    // Spring MVC puts an Error into one of these.
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof ServletException wrapper && wrapper.getRootCause() instanceof Error error
                ? error
                : failure;
    }
}
