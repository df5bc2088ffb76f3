package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a handler method that is annotated with {@code @WebhookEndpoint} run only for a delivery that is genuine and new;
 * any other is answered here. Requests to other handlers pass untouched. It needs the servlet adapter's
 * {@code BodyCachingFilter} in front, and throws where that is missing.
 */
public final class WebhookInterceptor implements HandlerInterceptor {
    private final EndpointBindings bindings;

    /** Creates an interceptor for the handlers of all configured endpoints. */
    public WebhookInterceptor(EndpointRegistry endpoints) {
        this.bindings = new EndpointBindings(endpoints);
    }

    EndpointBindings bindings() {
        return bindings;
    }

    /**
     * Verifies the delivery for an annotated handler. In an asynchronous dispatch, which comes here again, it does not
     * count twice.
     *
     * @throws IllegalStateException if no {@code BodyCachingFilter} ran, or the handler is wrongly annotated
     */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        EndpointBinding<?> binding = handler instanceof HandlerMethod method ? bindings.of(method) : null;
        return binding == null || CurrentDelivery.admit(request, binding);
    }

    /** Ends the handling, also the one that a {@link WebhookHandlerFilter} began. */
    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception thrown) {
        CurrentDelivery delivery = CurrentDelivery.find(request);
        boolean itsHandler = !(handler instanceof HandlerMethod method) || bindings.of(method) != null;
        if (delivery != null && itsHandler) {
            delivery.end(thrown, response.getStatus());
        }
    }
}
