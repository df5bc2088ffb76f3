package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Knows at which paths Hookseal itself receives, and at which there are annotated handlers; and which handler a request would reach there if what a sender of
 * webhooks does not decide were left out of account: its {@code Accept} and {@code Content-Type} headers.
 */
final class MappedEndpoints {
    private final EndpointBindings bindings;
    private final List<Received> received;
    private final Map<ApplicationContext, List<Mapped>> mapped = new ConcurrentHashMap<>();
    private final Map<ApplicationContext, List<HandlerMapping>> mappings = new ConcurrentHashMap<>();

    /** An annotated handler. */
    record Mapped(RequestMappingInfoHandlerMapping mapping, RequestMappingInfo info, EndpointBinding<?> binding) {}

    /** An annotated handler that a delivery reaches, and what is to run around it. */
    record Found(HandlerExecutionChain chain, EndpointBinding<?> binding) {}

    /**
     * Creates one that knows no annotated handler yet.
     *
     * @param received by path, the endpoints for which Hookseal itself receives
     */
    MappedEndpoints(EndpointBindings bindings, Map<String, EndpointBinding<?>> received) {
        this.bindings = bindings;
        this.received = received.entrySet().stream()
                .map(each -> new Received(PathPatternParser.defaultInstance.parse(each.getKey()), each.getValue()))
                .toList();
    }

    private record Received(PathPattern path, EndpointBinding<?> binding) {}

    /** Returns the endpoint for which Hookseal itself receives at this request's path; null if it does not. */
    @Nullable
    EndpointBinding<?> receivedAt(HttpServletRequest request) {
        if (received.isEmpty()) {
            return null;
        }
        PathContainer path = pathWithinApplication(request);
        return received.stream()
                .filter(each -> each.path().matches(path))
                .findFirst()
                .<EndpointBinding<?>>map(Received::binding)
                .orElse(null);
    }

    private static PathContainer pathWithinApplication(HttpServletRequest request) {
        ProbedRequest probe = new ProbedRequest(request);
        RequestPath path = ServletRequestPathUtils.hasParsedRequestPath(probe)
                ? ServletRequestPathUtils.getParsedRequestPath(probe)
                : ServletRequestPathUtils.parseAndCache(probe);
        return path.pathWithinApplication();
    }

    void add(ApplicationContext context, List<Mapped> handlers) {
        mapped.put(context, List.copyOf(handlers));
    }

    /** Returns the annotated handlers whose path is this request's, whatever their other conditions. */
    List<Mapped> at(HttpServletRequest request, ApplicationContext context) {
        List<Mapped> here = List.of();
        ProbedRequest probe = new ProbedRequest(request);
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            for (Mapped handler : mapped.getOrDefault(each, List.of())) {
                if (isAtPath(handler, probe)) {
                    here = here.isEmpty() ? new ArrayList<>() : here;
                    here.add(handler);
                }
            }
        }
        return here;
    }

    private static boolean isAtPath(Mapped handler, ProbedRequest probe) {
        RequestMappingInfoHandlerMapping mapping = handler.mapping();
        if (!mapping.usesPathPatterns()) {
            mapping.getUrlPathHelper().resolveAndCacheLookupPath(probe);
        } else if (!ServletRequestPathUtils.hasParsedRequestPath(probe)) {
            ServletRequestPathUtils.parseAndCache(probe);
        }
        return handler.info().getActivePatternsCondition().getMatchingCondition(probe) != null;
    }

    /**
     * Returns the annotated handler for a POST, with the attributes that its mapping sets.
     *
     * @param here as {@link #at} tells
     * @return null if another handler of the application is asked first, or more conditions than those on headers keep
     *     the request from it
     */
    @Nullable
    Found find(HttpServletRequest request, ApplicationContext context, List<Mapped> here) {
        for (String contentType : contentTypes(request, here)) {
            ProbedRequest probe = new ProbedRequest(request);
            probe.hide(HttpHeaders.ACCEPT);
            probe.header(HttpHeaders.CONTENT_TYPE, contentType);
            if (!ServletRequestPathUtils.hasParsedRequestPath(probe)) {
                ServletRequestPathUtils.parseAndCache(probe);
            }
            try {
                HandlerExecutionChain chain = firstChain(probe, context);
                EndpointBinding<?> binding = chain != null && chain.getHandler() instanceof HandlerMethod method
                        ? bindings.of(method)
                        : null;
                if (chain == null || binding == null) {
                    return null;
                }
                probe.keepAttributes();
                return new Found(chain, binding);
            } catch (HttpMediaTypeNotSupportedException e) {
                // with the type that the handler declares, then
            } catch (Exception e) {
                // Spring MVC finds the same and answers it
                return null;
            }
        }
        return null;
    }

    // "" means none
    private static Set<String> contentTypes(HttpServletRequest request, List<Mapped> here) {
        String own = request.getHeader(HttpHeaders.CONTENT_TYPE);
        Set<String> types = new LinkedHashSet<>();
        types.add(own == null ? "" : own);
        for (Mapped handler : here) {
            for (MediaType type : handler.info().getConsumesCondition().getConsumableMediaTypes()) {
                types.add(type.toString().replace("*", "any"));
            }
        }
        return types;
    }

    /**
     * Returns whether the application has its own handler for a request that is not a POST, at the path of an endpoint:
     * one that is not annotated, and not what Spring MVC answers by itself. For a CORS preflight request it is the
     * handler of the request that would follow.
     */
    boolean hasOther(HttpServletRequest request, ApplicationContext context) {
        ProbedRequest probe = new ProbedRequest(request);
        probe.hide(HttpHeaders.ACCEPT);
        if (CorsUtils.isPreFlightRequest(request)) {
            probe.method(request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD));
            probe.hide(HttpHeaders.ORIGIN);
        }
        try {
            HandlerExecutionChain chain = firstChain(probe, context);
            return chain != null && !isOursOrSprings(chain.getHandler());
        } catch (ServletException e) {
            // no method, content type or parameters of any handler
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    private boolean isOursOrSprings(Object handler) {
        return handler instanceof ResourceHttpRequestHandler
                || handler instanceof DefaultServletHttpRequestHandler
                || (handler instanceof HandlerMethod method && isOursOrSprings(method));
    }

    private boolean isOursOrSprings(HandlerMethod method) {
        return (method.getBeanType().getName().startsWith(RequestMappingInfoHandlerMapping.class.getName())
                || bindings.of(method) != null);
    }

    private @Nullable HandlerExecutionChain firstChain(HttpServletRequest request, ApplicationContext context)
            throws Exception {
        for (HandlerMapping mapping : mappings.computeIfAbsent(context, MappedEndpoints::mappings)) {
            HandlerExecutionChain chain = mapping.getHandler(request);
            if (chain != null) {
                return chain;
            }
        }
        return null;
    }

    private static List<HandlerMapping> mappings(ApplicationContext context) {
        List<HandlerMapping> all = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                        .values());
        all.removeIf(WebhookHandlerMapping.class::isInstance);
        AnnotationAwareOrderComparator.sort(all);
        return all;
    }
}
