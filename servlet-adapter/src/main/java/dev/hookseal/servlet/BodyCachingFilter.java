package dev.hookseal.servlet;

import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyLimits;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For a framework whose own interceptor finds the handler and then asks the {@link WebhookExchange}: it keeps the bytes
 * of the body within the interceptor's reach, and ends what the interceptor began. It verifies nothing by itself, so
 * that it can be mapped to every URL: of a request with a signature header it keeps what is read, up to the largest
 * limit, and of any other nothing. Register it ahead of whatever reads bodies or parameters, with async support.
 */
public final class BodyCachingFilter implements Filter {
    private final Set<String> signatureHeaders;
    private final BodyLimits limits;

    /**
     * Creates a filter for the endpoints that the interceptor may ask about.
     *
     * @param receivers from which it knows the signature headers and the largest body; none makes a filter that a form
     *     passes through unread
     */
    public BodyCachingFilter(Collection<? extends WebhookReceiver<?>> receivers) {
        this.signatureHeaders = receivers.stream()
                .flatMap(receiver -> receiver.signatureHeaders().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.limits = receivers.stream()
                .map(WebhookReceiver::bodyLimits)
                .max(Comparator.comparingInt(BodyLimits::maxBytes))
                .orElse(BodyLimits.ofBytes(0));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        WebhookExchange running = WebhookExchange.find(request);
        if (running == null) {
            WebhookExchange exchange = WebhookExchange.begin(http, answer, signatureHeaders, limits);
            try {
                exchange.run(chain, exchange.request(), exchange.response());
            } finally {
                exchange.returned();
            }
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            running.run(chain, http, answer);
        } else {
            // within its run
            chain.doFilter(request, response);
        }
    }
}
