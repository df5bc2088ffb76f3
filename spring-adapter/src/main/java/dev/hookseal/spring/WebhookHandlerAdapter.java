package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Sits between a DispatcherServlet and the adapter that calls an annotated handler, whatever kind of handler it is and
 * however it was registered. A handler that is about to run without a delivery that was admitted for it is an error:
 * its mapping does not ask the {@link WebhookInterceptor}, or the interceptor does not know it.
 */
final class WebhookHandlerAdapter implements HandlerAdapter, Ordered {
    private final EndpointBindings bindings;
    private final Map<ApplicationContext, List<HandlerAdapter>> others = new ConcurrentHashMap<>();

    WebhookHandlerAdapter(EndpointBindings bindings) {
        this.bindings = bindings;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof EndpointAnswer
                || (handler instanceof HandlerMethod method
                        ? bindings.of(method) != null
                        : bindings.isAnnotated(AopUtils.getTargetClass(handler)));
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (handler instanceof EndpointAnswer answer) {
            if (CurrentDelivery.admit(request, answer.binding())) {
                throw new AssertionError("Endpoint " + answer.binding().endpoint() + " has no handler for a delivery");
            }
            return null;
        }
        CurrentDelivery delivery = admitted(request, handler);
        AsyncTimeouts.watch(request);
        try {
            return adapter(request, handler).handle(request, response, handler);
        } catch (Exception | Error e) {
            delivery.threw(e);
            throw e;
        }
    }

    private CurrentDelivery admitted(HttpServletRequest request, Object handler) {
        EndpointBinding<?> binding = handler instanceof HandlerMethod method ? bindings.of(method) : null;
        CurrentDelivery delivery = CurrentDelivery.find(request);
        if (binding == null || delivery == null || !delivery.isFor(binding)) {
            throw new IllegalStateException(
                    handler + " is annotated with @WebhookEndpoint, and it was about to run for a"
                            + " request that nothing has verified: " + remedy(handler));
        }
        return delivery;
    }

    private static String remedy(Object handler) {
        return handler instanceof HandlerMethod
                ? "register it with the RequestMappingHandlerMapping that Spring MVC has set up, or give your own"
                        + " mapping the interceptor with setInterceptors(webhookInterceptor)"
                : AnnotatedBeans.REMEDY;
    }

    private HandlerAdapter adapter(HttpServletRequest request, Object handler) {
        ApplicationContext context = RequestContextUtils.findWebApplicationContext(request);
        if (context == null) {
            throw new IllegalStateException("This request is not handled by a DispatcherServlet");
        }
        return others.computeIfAbsent(context, this::others).stream()
                .filter(adapter -> adapter.supports(handler))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No HandlerAdapter of this application calls " + handler));
    }

    private List<HandlerAdapter> others(ApplicationContext context) {
        List<HandlerAdapter> adapters = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false)
                        .values());
        adapters.removeIf(WebhookHandlerAdapter.class::isInstance);
        AnnotationAwareOrderComparator.sort(adapters);
        return adapters;
    }

    // Of no use for a POST; Spring Framework 6.2 still asks every adapter to have it.
    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // only Spring calls it
    public long getLastModified(HttpServletRequest request, Object handler) {
        return -1;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /**
     * In the place of a handler, where the endpoint gives the answer: to a method that it does not have, and to a delivery
     * for the inbox.
     */
    record EndpointAnswer(EndpointBinding<?> binding) {}
}
