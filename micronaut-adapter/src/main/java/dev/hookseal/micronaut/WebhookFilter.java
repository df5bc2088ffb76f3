package dev.hookseal.micronaut;

import dev.hookseal.config.EndpointBinding;
import dev.hookseal.receive.Decision;
import dev.hookseal.request.WebhookResponse;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.Router;
import jakarta.inject.Named;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Has core decide on the requests of annotated routes; any other request passes. It runs last before the route, so that
 * metrics, traces and security see rejected deliveries too, and its response filter runs last of all, so that it sees
 * the status that the sender gets.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class WebhookFilter {
    // ServerFilterPhase.LAST, as a constant
    private static final int BEFORE_THE_ROUTE = 59_000;
    private static final Logger LOG = LoggerFactory.getLogger(WebhookFilter.class);
    private static final String ANSWER = WebhookFilter.class.getName() + ".answer";

    private final EndpointBindings bindings;
    private final Router router;
    private final ResponseEncoder encoder;
    private final ServerLimits limits;
    private final ConversionService conversions;
    private final ExecutorService blocking;

    WebhookFilter(
            EndpointBindings bindings,
            Router router,
            ResponseEncoder encoder,
            ServerLimits limits,
            ConversionService conversions,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.bindings = bindings;
        this.router = router;
        this.encoder = encoder;
        this.limits = limits;
        this.conversions = conversions;
        this.blocking = blocking;
    }

    // Before the CORS filter, which would answer for an endpoint that no browser calls.
    @RequestFilter
    @PreMatching
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Nullable
    HttpResponse<?> answerOptions(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS || router.findClosest(request) != null) {
            return null;
        }
        EndpointBinding<?> binding = bindings.at(request.getPath());
        if (binding == null) {
            return null;
        }
        Decision<?> decision = binding.receive(ReceivedRequest.withoutBody(request));
        return decision instanceof Decision.Answered<?> answered ? answer(answered.response()) : null;
    }

    // Always completes with the request: where a stage completes with null, Micronaut answers 503 now and then.
    @RequestFilter
    @Order(BEFORE_THE_ROUTE)
    CompletionStage<HttpRequest<?>> receive(HttpRequest<?> request) {
        EndpointBinding<?> binding = binding(request);
        if (binding == null
                || request.getAttribute(ANSWER).isPresent()
                || AdmittedRun.of(request).isPresent()) {
            return CompletableFuture.completedFuture(request);
        }
        NettyHttpRequest<?> sent = asSent(request);
        ReceivedRequest received = ReceivedRequest.atOnce(sent, binding.receiver(), limits);
        Executor thread = RouteThread.of(sent, blocking);
        if (received != null && !binding.receiver().mayBlock()) {
            CompletableFuture<HttpRequest<?>> decided = noted(request, binding, binding.tryReceive(received));
            return decided.isDone() ? decided : decided.thenApplyAsync(last -> last, thread);
        }
        CompletableFuture<HttpRequest<?>> decided = received == null
                ? decideOnStreamed(
                        request,
                        binding,
                        StreamedBody.read(sent, binding.receiver().bodyLimits(), limits))
                : decide(request, binding, received, blocking);
        return decided.thenApplyAsync(last -> last, thread);
    }

    // The body counts until it is verified: it may have to queue for a thread.
    private CompletableFuture<HttpRequest<?>> decideOnStreamed(
            HttpRequest<?> request, EndpointBinding<?> binding, StreamedBody body) {
        return body.received()
                .thenCompose(received -> decide(
                        request,
                        binding,
                        received,
                        binding.receiver().mayBlock() || received.isLarge() ? blocking : body.loop()))
                .whenComplete((decided, error) -> body.close());
    }

    private CompletableFuture<HttpRequest<?>> decide(
            HttpRequest<?> request, EndpointBinding<?> binding, ReceivedRequest received, Executor thread) {
        return CompletableFuture.<Decision<?>>supplyAsync(() -> binding.tryReceive(received), thread)
                .thenCompose(decision -> noted(request, binding, decision));
    }

    // A claim in progress is waited for, which an event loop must not do.
    private CompletableFuture<HttpRequest<?>> noted(
            HttpRequest<?> request, EndpointBinding<?> binding, Decision<?> decision) {
        return decision instanceof Decision.InProgress<?> inProgress
                ? CompletableFuture.supplyAsync(() -> note(request, binding, inProgress.await()), blocking)
                : CompletableFuture.completedFuture(note(request, binding, decision));
    }

    private @Nullable EndpointBinding<?> binding(HttpRequest<?> request) {
        RouteInfo<?> info = RouteAttributes.getRouteInfo(request).orElse(null);
        return info == null ? bindings.at(request.getPath()) : bindings.of(info);
    }

    private static HttpRequest<?> note(HttpRequest<?> request, EndpointBinding<?> binding, Decision<?> decision) {
        if (decision instanceof Decision.Admitted<?> admitted) {
            new AdmittedRun(admitted.delivery(), binding.receiver().mayBlock()).attachTo(request);
        } else if (decision instanceof Decision.Answered<?> answered) {
            request.setAttribute(ANSWER, answered.response());
        }
        return request;
    }

    // A filter of the application may have put another request in the place of the one that was sent.
    private static NettyHttpRequest<?> asSent(HttpRequest<?> request) {
        HttpRequest<?> sent = request instanceof NettyHttpRequest<?>
                ? request
                : ServerRequestContext.currentRequest()
                        .orElseThrow(() -> new IllegalStateException("There is no request as it was sent"));
        return (NettyHttpRequest<?>) sent;
    }

    @RequestFilter
    @Order(BEFORE_THE_ROUTE + 1)
    @Nullable
    HttpResponse<?> answer(HttpRequest<?> request) {
        return request.getAttribute(ANSWER)
                .map(response -> answer((WebhookResponse) response))
                .orElse(null);
    }

    private static HttpResponse<?> answer(WebhookResponse response) {
        MutableHttpResponse<Object> answer = HttpResponse.status(HttpStatus.valueOf(response.status()));
        response.headers().forEach(answer::header);
        return response.body().isEmpty() ? answer : answer.body(response.body());
    }

    // First behind the route, so that every other filter sees that a handler failed.
    @ResponseFilter
    @Order(BEFORE_THE_ROUTE + 2)
    void keepFailed(HttpRequest<?> request, MutableHttpResponse<?> response) {
        AdmittedRun run = AdmittedRun.of(request).orElse(null);
        if (run == null || !run.hasFailed()) {
            return;
        }
        RouteInfo<?> route = RouteAttributes.getRouteInfo(response).orElse(null);
        if (run.isAcknowledgedByAccident(response.code(), route != null && choosesTheStatus(route))) {
            response.status(run.failure());
        } else if (run.thrown() != null
                && route == null
                && RouteAttributes.getException(response).isEmpty()) {
            // what Micronaut makes of an exception that looks like a client who has gone: 400, for no one to see
            response.status(HttpStatus.INTERNAL_SERVER_ERROR).body(null);
        }
    }

    private static boolean choosesTheStatus(RouteInfo<?> route) {
        Class<?> type = route.getReturnType().getType();
        return HttpResponse.class.isAssignableFrom(type)
                || HttpStatus.class == type
                || route.getAnnotationMetadata().hasAnnotation(Status.class);
    }

    @ResponseFilter
    @Order(Ordered.HIGHEST_PRECEDENCE)
    CompletionStage<HttpResponse<?>> end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        AdmittedRun run = AdmittedRun.of(request).orElse(null);
        if (run == null) {
            return CompletableFuture.completedFuture(response);
        }
        Object body = response.body();
        if (body != null && Publishers.isConvertibleToPublisher(body)) {
            Publisher<Object> stream = Publishers.convertToPublisher(conversions, body);
            response.body(ending(stream, run, request, response));
            return CompletableFuture.completedFuture(response);
        }
        return run.mayBlock() || ResponseEncoder.encodes(response)
                ? CompletableFuture.supplyAsync(() -> end(request, response, run), blocking)
                : CompletableFuture.completedFuture(end(request, response, run));
    }

    private HttpResponse<?> end(HttpRequest<?> request, MutableHttpResponse<?> response, AdmittedRun run) {
        try {
            encoder.encode(request, response);
        } catch (Exception | LinkageError e) {
            // as Micronaut does behind all filters, since the exception says what to do, such as to add @Serdeable
            LOG.error("The answer of a handler of {} cannot be written", request.getPath(), e);
            run.delivery().failed(e);
            return HttpResponse.serverError();
        }
        run.delivery().answered(response.code(), run.thrown());
        return response;
    }

    // A handler that returns a stream does its work while the response is written. Its elements are encoded here: what
    // fails behind this only cancels, and the error would go out while the claim is still held.
    private Flux<?> ending(
            Publisher<Object> body, AdmittedRun run, HttpRequest<?> request, MutableHttpResponse<?> response) {
        Flux<Object> parts = Flux.from(body).concatMap(element -> encoder.encoded(request, response, element), 0);
        int status = response.code();
        return Flux.deferContextual(context -> new SettlingStream(parts.contextWrite(context), run, status, blocking));
    }
}
