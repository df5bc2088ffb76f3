package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.adapter.WebhookRoute;
import dev.hookseal.servlet.WebhookExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The delivery that a request's handler was admitted with. */
record CurrentDelivery(WebhookExchange exchange, WebhookRoute<?> route) {
    private static final String ATTRIBUTE = CurrentDelivery.class.getName();

    /**
     * Decides on the delivery for a handler.
     *
     * @return whether the handler is to run; if not, the sender has its answer
     * @throws IllegalStateException if the capture filter did not run
     */
    static boolean admit(HttpServletRequest request, WebhookRoute<?> route) throws IOException {
        WebhookExchange exchange = WebhookExchange.find(request);
        if (exchange == null) {
            throw new IllegalStateException("The delivery at endpoint " + route.endpoint() + " cannot be verified,"
                    + " since no CaptureFilter ran before: with Spring Boot let nothing replace or disable the"
                    + " FilterRegistrationBean hooksealCaptureFilter, without it register a CaptureFilter for every"
                    + " URL with async support, and add it to a MockMvc that you build yourself with addFilters(...)");
        }
        if (!exchange.admit(route)) {
            return false;
        }
        request.setAttribute(ATTRIBUTE, new CurrentDelivery(exchange, route));
        return true;
    }

    /** Null if the handler of this request was not admitted with one. */
    static @Nullable CurrentDelivery find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof CurrentDelivery delivery ? delivery : null;
    }

    /**
     * The proof.
     *
     * @throws IllegalStateException if there is none, or its event is of another type
     */
    static VerifiedWebhook<?> webhook(@Nullable HttpServletRequest request, Class<?> eventType) {
        CurrentDelivery delivery = request == null ? null : find(request);
        if (delivery == null) {
            throw new IllegalStateException("There is no verified delivery in this request, so there is no "
                    + eventType.getName() + ": only a handler method annotated with @WebhookEndpoint has one, or a"
                    + " RouterFunction with a WebhookHandlerFilter");
        }
        VerifiedWebhook<?> webhook = delivery.exchange().webhook(delivery.route());
        if (!eventType.isInstance(webhook.event())) {
            throw new IllegalStateException("The delivery at endpoint " + webhook.endpoint() + " has no event of type "
                    + eventType.getName() + ": ask for the type of its provider's events");
        }
        return webhook;
    }

    /** The handler is through: what it threw or answered decides. */
    void end(@Nullable Exception thrown) {
        if (thrown == null) {
            exchange.answered(route);
        } else {
            exchange.failed(route);
        }
    }
}
