package dev.hookseal.spring;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.spring.MappedEndpoints.Found;
import dev.hookseal.spring.MappedEndpoints.Mapped;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.FrameworkServlet;

/**
 * Answers a request at an endpoint before anything takes its body apart. With multipart a DispatcherServlet does that
 * before it looks for a handler, and a filter that reads a parameter does it earlier still. With a form that is not a POST
 * Spring's FormContentFilter does it: it has no limit, and throws at what is not a form.
 */
final class EarlyRejectionFilter implements Filter {
    private final Supplier<MappedEndpoints> endpoints;
    private final ApplicationContext own;

    EarlyRejectionFilter(Supplier<MappedEndpoints> endpoints, ApplicationContext own) {
        this.endpoints = endpoints;
        this.own = own;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !isTakenApart(http) || !isAnswered(http)) {
            chain.doFilter(request, response);
        }
    }

    private static boolean isTakenApart(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (header == null || request.getDispatcherType() != DispatcherType.REQUEST) {
            return false;
        }
        String type = header.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/")
                || (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                        && !HttpMethod.POST.matches(request.getMethod()));
    }

    private boolean isAnswered(HttpServletRequest request) throws IOException {
        EndpointBinding<?> binding;
        try {
            binding = binding(request, contextOf(request));
        } catch (IllegalArgumentException e) {
            // no path that Spring can read, so no handler's
            return false;
        }
        return binding != null && !CurrentDelivery.admit(request, binding);
    }

    private @Nullable EndpointBinding<?> binding(HttpServletRequest request, ApplicationContext context) {
        EndpointBinding<?> received = endpoints.get().receivedAt(request);
        if (received != null) {
            return HttpMethod.POST.matches(request.getMethod())
                            || !endpoints.get().hasOther(request, context)
                    ? received
                    : null;
        }
        List<Mapped> here = endpoints.get().at(request, context);
        if (here.isEmpty()) {
            return null;
        }
        if (HttpMethod.POST.matches(request.getMethod())) {
            Found found = endpoints.get().find(new ProbedRequest(request), context, here);
            return found == null ? null : found.binding();
        }
        return endpoints.get().hasOther(request, context) ? null : here.get(0).binding();
    }

    // Of the DispatcherServlet that the request goes to, once it has been used for the first time.
    private ApplicationContext contextOf(HttpServletRequest request) {
        ServletContext servlets = request.getServletContext();
        String servlet = request.getHttpServletMapping().getServletName();
        return servlets.getAttribute(FrameworkServlet.SERVLET_CONTEXT_PREFIX + servlet)
                        instanceof ApplicationContext context
                ? context
                : own;
    }
}
