package dev.hookseal.micronaut;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteMatch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A match of a route that is watched when it is executed. It is a proxy, since Micronaut 5 adds methods to the
 * interfaces of its matches.
 */
final class WatchedRoute implements InvocationHandler {
    private final RouteMatch<?> match;
    private final Execution execution;
    private HttpRequest<?> request;

    private WatchedRoute(RouteMatch<?> match, HttpRequest<?> request, Execution execution) {
        this.match = match;
        this.request = request;
        this.execution = execution;
    }

    /** The work that is done in place of the execution. */
    private interface Execution {
        @Nullable
        Object run(HttpRequest<?> request) throws Throwable;
    }

    /**
     * Returns the method of an endpoint. It runs for an admitted delivery and otherwise not at all, and a missing
     * result is not a 404.
     */
    @SuppressWarnings("unchecked")
    static <T, R> UriRouteMatch<T, R> handler(
            UriRouteMatch<T, R> match, HttpRequest<?> request, ConversionService conversions) {
        return (UriRouteMatch<T, R>) proxy(UriRouteMatch.class, match, request, current -> {
            AdmittedRun run = AdmittedRun.of(current)
                    .orElseThrow(() -> new IllegalStateException(match.getDeclaringType()
                                    .getSimpleName() + "."
                            + match.getMethodName() + " carries @WebhookEndpoint, and it was about to run for a request"
                            + " that was not verified: something replaced the request after Hookseal's filter"));
            RouteInfo<R> route = match.getRouteInfo();
            try {
                return present(match.execute(), route, run, conversions);
            } catch (Throwable e) {
                run.threw(e);
                throw e;
            }
        });
    }

    /** Returns a method for exceptions or statuses: what it returns tells whether the application chose the status. */
    @SuppressWarnings("unchecked")
    static <R> RouteMatch<R> errorRoute(
            RouteMatch<R> match, HttpRequest<?> request, AdmittedRun run, ConversionService conversions) {
        Class<?> type = match instanceof MethodBasedRouteMatch<?, ?> ? MethodBasedRouteMatch.class : RouteMatch.class;
        return (RouteMatch<R>) proxy(type, match, request, current -> {
            Object result = match.execute();
            if (result instanceof CompletionStage<?> stage) {
                return stage.thenApply(value -> noted(value, run));
            }
            if (isSingle(result, match.getRouteInfo())) {
                return publisher(result, conversions).map(value -> noted(value, run));
            }
            return noted(result, run);
        });
    }

    private static <V> V noted(V value, AdmittedRun run) {
        run.errorRouteReturned(value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return value;
    }

    private static @Nullable Object present(
            @Nullable Object result, RouteInfo<?> route, AdmittedRun run, ConversionService conversions) {
        if (result instanceof CompletionStage<?> stage) {
            return stage.whenComplete((value, error) -> threw(error, run))
                    .thenApply(value -> valueOrNoContent(value, route));
        }
        if (isSingle(result, route)) {
            return publisher(result, conversions)
                    .doOnError(run::threw)
                    .map(value -> valueOrNoContent(value, route))
                    .switchIfEmpty(Mono.fromSupplier(() -> route.isVoid() ? null : noContent(route)));
        }
        if (result instanceof Publisher<?> stream) {
            return isOfResponses(route)
                    ? Flux.from(stream).cast(Object.class).switchIfEmpty(Mono.fromSupplier(() -> noContent(route)))
                    : stream;
        }
        return valueOrNoContent(result, route);
    }

    private static void threw(@Nullable Throwable error, AdmittedRun run) {
        if (error != null) {
            run.threw(error);
        }
    }

    // Without a value Micronaut answers 404, which tells the sender that no handler took the delivery.
    private static @Nullable Object valueOrNoContent(@Nullable Object value, RouteInfo<?> route) {
        boolean missing = value == null || (value instanceof Optional<?> optional && optional.isEmpty());
        return missing && !route.isVoid() ? noContent(route) : value;
    }

    private static Object noContent(RouteInfo<?> route) {
        return HttpResponse.status(route.findStatus(HttpStatus.NO_CONTENT));
    }

    private static boolean isSingle(@Nullable Object result, RouteInfo<?> route) {
        return result != null
                && !(result instanceof HttpResponse<?>)
                && Publishers.isConvertibleToPublisher(result)
                && (Publishers.isSingle(result.getClass())
                        || route.isSpecifiedSingle()
                        || (route.isReactive() && route.isSingleResult() && !(result instanceof Flux<?>)));
    }

    private static boolean isOfResponses(RouteInfo<?> route) {
        return route.getReturnType()
                .getFirstTypeVariable()
                .filter(type -> HttpResponse.class.isAssignableFrom(type.getType()))
                .isPresent();
    }

    private static Mono<Object> publisher(@Nullable Object result, ConversionService conversions) {
        return Mono.from(Publishers.<Object>convertToPublisher(conversions, result));
    }

    private static Object proxy(Class<?> type, RouteMatch<?> match, HttpRequest<?> request, Execution execution) {
        return Proxy.newProxyInstance(
                WatchedRoute.class.getClassLoader(),
                new Class<?>[] {type},
                new WatchedRoute(match, request, execution));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null
                && (method.getName().equals("execute") || method.getName().equals("call"))) {
            return execution.run(request);
        }
        if (arguments != null
                && method.getName().startsWith("fulfill")
                && arguments[arguments.length - 1] instanceof HttpRequest<?> current) {
            // a filter may have put another in the place of the one that the route was found for
            request = current;
        }
        try {
            return method.invoke(match, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
