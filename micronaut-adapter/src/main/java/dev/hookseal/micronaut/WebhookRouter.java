package dev.hookseal.micronaut;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteMatch;
import io.micronaut.web.router.filter.FilteredRouter;
import io.micronaut.web.router.filter.RouteMatchFilter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the routes of endpoints whatever {@code Content-Type} and {@code Accept} a request has, and watches what they
 * return or throw; any other route is found as ever.
 */
final class WebhookRouter extends FilteredRouter {
    private final Router router;
    private final EndpointBindings bindings;
    private final ConversionService conversions;

    WebhookRouter(Router router, EndpointBindings bindings, ConversionService conversions) {
        super(router, new All());
        this.router = router;
        this.bindings = bindings;
        this.conversions = conversions;
    }

    @Override
    public <T, R> @Nullable UriRouteMatch<T, R> findClosest(HttpRequest<?> request) {
        if (bindings.areAt(request.getPath())) {
            List<UriRouteMatch<T, R>> closest = router.findAllClosest(new Untyped(request));
            if (closest.size() == 1 && bindings.of(closest.get(0).getRouteInfo()) != null) {
                return WatchedRoute.handler(closest.get(0), request, conversions);
            }
        }
        return router.findClosest(request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findErrorRoute(
            Class<?> originatingClass, Throwable error, HttpRequest<?> request) {
        AdmittedRun.of(request).ifPresent(run -> run.threw(error));
        return watched(router.findErrorRoute(originatingClass, error, request), request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findErrorRoute(Throwable error, HttpRequest<?> request) {
        AdmittedRun.of(request).ifPresent(run -> run.threw(error));
        return watched(router.findErrorRoute(error, request), request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findStatusRoute(
            Class<?> originatingClass, HttpStatus status, HttpRequest<?> request) {
        return watched(router.findStatusRoute(originatingClass, status, request), status.getCode(), request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findStatusRoute(Class<?> originatingClass, int status, HttpRequest<?> request) {
        return watched(router.findStatusRoute(originatingClass, status, request), status, request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findStatusRoute(HttpStatus status, HttpRequest<?> request) {
        return watched(router.findStatusRoute(status, request), status.getCode(), request);
    }

    @Override
    public <R> Optional<RouteMatch<R>> findStatusRoute(int status, HttpRequest<?> request) {
        return watched(router.findStatusRoute(status, request), status, request);
    }

    private <R> Optional<RouteMatch<R>> watched(Optional<RouteMatch<R>> match, int status, HttpRequest<?> request) {
        if (match.isPresent()) {
            AdmittedRun.of(request).ifPresent(run -> run.answersWith(status));
        }
        return watched(match, request);
    }

    private <R> Optional<RouteMatch<R>> watched(Optional<RouteMatch<R>> match, HttpRequest<?> request) {
        AdmittedRun run = AdmittedRun.of(request).orElse(null);
        return run == null ? match : match.map(route -> WatchedRoute.errorRoute(route, request, run, conversions));
    }

    private static final class All implements RouteMatchFilter {
        @Override
        public <T, R> Predicate<UriRouteMatch<T, R>> filter(HttpRequest<?> request) {
            return match -> true;
        }
    }

    /** A request that says neither what it brings nor what it takes. */
    private static final class Untyped extends HttpRequestWrapper<Object> {
        @SuppressWarnings("unchecked")
        Untyped(HttpRequest<?> request) {
            super((HttpRequest<Object>) request);
        }

        @Override
        public Optional<MediaType> getContentType() {
            return Optional.empty();
        }

        @Override
        public Collection<MediaType> accept() {
            return Set.of();
        }
    }
}
