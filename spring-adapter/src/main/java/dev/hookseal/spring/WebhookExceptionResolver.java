package dev.hookseal.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Notes what was thrown at an endpoint, and answers nothing itself. It comes before all resolvers, and once more behind
 * the application's own exception handlers: one of these may have set a status and failed afterwards.
 */
final class WebhookExceptionResolver implements HandlerExceptionResolver, Ordered {

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        CurrentDelivery delivery = CurrentDelivery.find(request);
        if (delivery != null) {
            delivery.threw(thrown);
        }
        return null;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
