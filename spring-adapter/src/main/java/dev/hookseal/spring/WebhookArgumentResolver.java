package dev.hookseal.spring;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.config.EndpointRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a handler method its event, or the {@code VerifiedWebhook} that holds it. Where no delivery was verified it
 * throws: there is no empty event, and none is ever made from the request's parameters.
 */
public final class WebhookArgumentResolver implements HandlerMethodArgumentResolver {
    private final EndpointRegistry endpoints;

    /** Creates a resolver for the events of all providers, those of the application included. */
    public WebhookArgumentResolver(EndpointRegistry endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return endpoints.needsVerification(parameter.getParameterType());
    }

    /**
     * Returns the event or the proof of the delivery that this request's handler was admitted with.
     *
     * @throws IllegalStateException if there is no such delivery, or one of another type
     */
    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Class<?> type = parameter.getParameterType();
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        return VerifiedWebhook.class.isAssignableFrom(type)
                ? CurrentDelivery.webhook(servletRequest, Object.class)
                : type.cast(CurrentDelivery.webhook(servletRequest, type).event());
    }
}
