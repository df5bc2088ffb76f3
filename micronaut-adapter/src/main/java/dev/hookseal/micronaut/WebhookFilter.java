package dev.hookseal.micronaut;

import dev.hookseal.Handling;
import dev.hookseal.Reception;
import dev.hookseal.WebhookResponse;
import dev.hookseal.adapter.WebhookRoute;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has core decide on the requests of annotated routes; any other request passes. It runs last before the route, so that
 * metrics, traces and security see refused deliveries too, and its response filter runs last of all, so that it sees
 * the status that the sender gets.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class WebhookFilter {
    // ServerFilterPhase.LAST, as a constant
    private static final int BEFORE_THE_ROUTE = 59_000;
    private static final String RECEPTION = Reception.class.getName();

    private final WebhookRoutes routes;
    private final ExecutorService blocking;

    WebhookFilter(WebhookRoutes routes, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.routes = routes;
        this.blocking = blocking;
    }

    /** What a request was admitted with; empty unless its delivery is genuine and new. */
    static Optional<Handling<?>> handling(HttpRequest<?> request) {
        return request.getAttribute(RECEPTION, Reception.class)
                .map(reception -> reception instanceof Reception.Admitted<?> admitted ? admitted.handling() : null);
    }

    // Always completes with the request: where a stage completes with null, Micronaut answers 503 now and then.
    @RequestFilter
    @Order(BEFORE_THE_ROUTE)
    CompletionStage<HttpRequest<?>> receive(HttpRequest<?> request) {
        WebhookRoute<?> route =
                RouteAttributes.getRouteInfo(request).map(routes::of).orElse(null);
        if (route == null || request.getAttribute(RECEPTION).isPresent()) {
            return CompletableFuture.completedFuture(request);
        }
        return ReceivedRequest.read(asSent(request), route.receiver().maxBodyBytes())
                .thenApplyAsync(
                        received -> {
                            request.setAttribute(RECEPTION, route.receive(received));
                            return request;
                        },
                        blocking);
    }

    // A filter of the application may have put another request in the place of the one that was sent.
    private static ServerHttpRequest<?> asSent(HttpRequest<?> request) {
        HttpRequest<?> sent = request instanceof ServerHttpRequest<?>
                ? request
                : ServerRequestContext.currentRequest()
                        .orElseThrow(() -> new IllegalStateException("There is no request as it was sent"));
        return (ServerHttpRequest<?>) sent;
    }

    @RequestFilter
    @Order(BEFORE_THE_ROUTE + 1)
    @Nullable
    HttpResponse<?> answer(HttpRequest<?> request) {
        return request.getAttribute(RECEPTION, Reception.class)
                .map(reception ->
                        reception instanceof Reception.Answered<?> answered ? answer(answered.response()) : null)
                .orElse(null);
    }

    private static HttpResponse<?> answer(WebhookResponse response) {
        MutableHttpResponse<Object> answer = HttpResponse.status(HttpStatus.valueOf(response.status()));
        response.headers().forEach(answer::header);
        return response.body().isEmpty() ? answer : answer.body(response.body());
    }

    @ResponseFilter
    @Order(Ordered.HIGHEST_PRECEDENCE)
    CompletionStage<HttpResponse<?>> end(HttpRequest<?> request, HttpResponse<?> response) {
        Handling<?> handling = handling(request).orElse(null);
        if (handling == null) {
            return CompletableFuture.completedFuture(response);
        }
        if (response.body() instanceof Publisher<?> body && response instanceof MutableHttpResponse<?> mutable) {
            mutable.body(ending(body, handling, response.code()));
            return CompletableFuture.completedFuture(response);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    handling.answered(response.code());
                    return response;
                },
                blocking);
    }

    // A handler that returns a stream does its work while the response is written.
    private Flux<?> ending(Publisher<?> body, Handling<?> handling, int status) {
        return Flux.<Object>from(body)
                .onErrorResume(error -> later(handling::failed).then(Mono.error(error)))
                .concatWith(later(() -> handling.answered(status)))
                .doOnCancel(() -> blocking.execute(handling::failed));
    }

    private Mono<Object> later(Runnable end) {
        return Mono.fromFuture(() -> CompletableFuture.runAsync(end, blocking)).cast(Object.class);
    }
}
