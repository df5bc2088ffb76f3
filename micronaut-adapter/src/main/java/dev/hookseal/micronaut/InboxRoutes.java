package dev.hookseal.micronaut;

import dev.hookseal.config.EndpointRegistry;
import io.micronaut.context.ExecutionHandleLocator;
import io.micronaut.context.annotation.Executable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpResponse;
import io.micronaut.web.router.DefaultRouteBuilder;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes at {@code hookseal.endpoints.<name>.path}. Their requests are treated like those of an annotated controller,
 * save that each is answered before the route runs.
 */
@Singleton
@SuppressWarnings("overrides") // the base class does not say ... where its interface does
final class InboxRoutes extends DefaultRouteBuilder {
    private final Map<String, String> endpoints = new HashMap<>();

    InboxRoutes(
            ExecutionHandleLocator locator,
            UriNamingStrategy naming,
            ConversionService conversions,
            EndpointRegistry registry) {
        super(locator, naming, conversions);
        registry.paths().forEach((endpoint, path) -> {
            // with micronaut.server.context-path
            String uri = naming.resolveUri(path);
            POST(uri, Target.class, "receive");
            endpoints.put(uri, endpoint);
        });
    }

    /** Returns the endpoint whose path a route is; null for any other route. */
    @Nullable
    String endpointOf(RouteInfo<?> route) {
        return route instanceof UriRouteInfo<?, ?> uri && uri.getDeclaringType() == Target.class
                ? endpoints.get(uri.getUriMatchTemplate().toString())
                : null;
    }

    /** What the routes lead to. It does not run, since the inbox takes every event that is not ignored. */
    @Singleton
    static final class Target {
        @Executable
        HttpResponse<?> receive() {
            return HttpResponse.serverError();
        }
    }
}
