package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointBinding;
import dev.hookseal.config.EndpointRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The counterpart of {@code @WebhookEndpoint} for the routes of a {@code RouterFunction}, whose handlers know no
 * annotations:
 *
 * <pre>{@code
 * @Bean
 * RouterFunction<ServerResponse> webhooks(EndpointRegistry endpoints) {
 *     return RouterFunctions.route()
 *             .POST("/webhooks/formflow", request -> {
 *                 FormFlowEvent event = WebhookHandlerFilter.verified(request, FormFlowEvent.class).event();
 *                 ...
 *             })
 *             .filter(WebhookHandlerFilter.of(endpoints, "formflow"))
 *             .build();
 * }
 * }</pre>
 */
public final class WebhookHandlerFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private final EndpointBinding<?> binding;

    private WebhookHandlerFilter(EndpointBinding<?> binding) {
        this.binding = binding;
    }

    /**
     * Returns a filter that verifies the deliveries of one endpoint. Give each of your handlers an endpoint, or events,
     * that no other handler has: an endpoint handles a delivery once, so that a second handler would never run, and the
     * start cannot see it.
     *
     * @param events the names of the events to be handled; none for all
     * @throws dev.hookseal.WebhookConfigurationException if there is no such endpoint, or it cannot have one of the events
     */
    public static WebhookHandlerFilter of(EndpointRegistry endpoints, String endpoint, String... events) {
        WebhookEndpoint annotation = AnnotationUtils.synthesizeAnnotation(
                Map.of("value", endpoint, "events", events), WebhookEndpoint.class, null);
        return new WebhookHandlerFilter(endpoints.bind(annotation, "A WebhookHandlerFilter", List.of()));
    }

    /**
     * Returns the delivery that a filter has verified.
     *
     * @param eventType the type of the endpoint's events, such as {@code FormFlowEvent}
     * @throws IllegalStateException if there is no such delivery, or its event is of another type
     */
    @SuppressWarnings("unchecked") // the event is an instance, which is checked
    public static <E> VerifiedWebhook<E> verified(ServerRequest request, Class<E> eventType) {
        return (VerifiedWebhook<E>) CurrentDelivery.webhook(request.servletRequest(), eventType);
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (CurrentDelivery.admit(request.servletRequest(), binding)) {
            AsyncTimeouts.watch(request.servletRequest());
            return next.handle(request);
        }
        return ServerResponse.status(statusOfAnswer()).build((servletRequest, servletResponse) -> null);
    }

    // The answer is in the response already; what is returned must only say the same.
    private static int statusOfAnswer() {
        HttpServletResponse response =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getResponse();
        if (response == null) {
            throw new IllegalStateException("A WebhookHandlerFilter works within a DispatcherServlet only");
        }
        return response.getStatus();
    }
}
