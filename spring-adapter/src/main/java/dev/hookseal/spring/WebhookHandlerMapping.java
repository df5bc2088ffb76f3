package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.spring.MappedEndpoints.Found;
import dev.hookseal.spring.MappedEndpoints.Mapped;
import dev.hookseal.spring.WebhookHandlerAdapter.EndpointAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Asked before all other mappings, it says what a request at an endpoint's path reaches: the annotated handler, whatever
 * a delivery's {@code Accept} and {@code Content-Type} are, or the answer to a method that no handler has; or, at the path
 * of an endpoint with listeners, Hookseal itself. At any other path it says nothing.
 */
final class WebhookHandlerMapping implements HandlerMapping, Ordered {
    private final MappedEndpoints endpoints;

    WebhookHandlerMapping(MappedEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        ApplicationContext context = RequestContextUtils.findWebApplicationContext(request);
        List<Mapped> here = context == null ? List.of() : endpoints.at(request, context);
        if (context == null) {
            return null;
        }
        EndpointBinding<?> received = endpoints.receivedAt(request);
        if (received != null) {
            return HttpMethod.POST.matches(request.getMethod()) || !endpoints.hasOther(request, context)
                    ? new HandlerExecutionChain(new EndpointAnswer(received))
                    : null;
        }
        if (here.isEmpty()) {
            return null;
        }
        if (HttpMethod.POST.matches(request.getMethod())) {
            Found found = endpoints.find(request, context, here);
            return found == null ? null : found.chain();
        }
        return endpoints.hasOther(request, context)
                ? null
                : new HandlerExecutionChain(new EndpointAnswer(here.get(0).binding()));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
