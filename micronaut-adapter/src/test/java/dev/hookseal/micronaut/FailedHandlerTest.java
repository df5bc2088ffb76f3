package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a handler threw is acknowledged only where the application says so; to return nothing is no failure. */
class FailedHandlerTest {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start("failed", Server.endpointsOf(Handlers.class));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "unmapped, 500",
        "eof, 500",
        "reset, 500",
        "broken-pipe-cause, 500",
        "error, 500",
        "map, 500",
        "text, 500",
        "nothing, 500",
        "stage, 500",
        "mono, 500",
        "bean, 500",
        "bean-object, 500",
        "rejected, 422",
        "answers-503, 503",
    })
    void countsAsFailedHoweverItIsThrownAndMapped(String failure, int status) throws Exception {
        for (String way : List.of("direct", "stage", "mono", "mono-response")) {
            if (failure.equals("answers-503") && !way.equals("direct")) {
                continue;
            }
            Delivery delivery = delivery(failure);

            assertThat(server.send("/failed/" + way, delivery).statusCode())
                    .as(way)
                    .isEqualTo(status);
            assertThat(server.send("/failed/" + way, delivery).statusCode())
                    .as(way)
                    .isEqualTo(status);

            assertThat(kindsOf(delivery)).as(way).containsExactly(Kind.FAILED, Kind.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource({"acknowledged, 200", "accepted, 202", "acknowledged-by-bean, 200", "acknowledged-by-status, 200"})
    void countsAsHandledWhereTheApplicationChoseTheStatus(String failure, int status) throws Exception {
        Delivery delivery = delivery(failure);

        assertThat(server.send("/failed/direct", delivery).statusCode()).isEqualTo(status);
        server.send("/failed/direct", delivery);

        assertThat(outcomesOf(delivery))
                .extracting(DeliveryOutcome::kind)
                .containsExactly(Kind.HANDLED, Kind.DUPLICATE);
        assertThat(((DeliveryOutcome.HandlerRan) outcomesOf(delivery).get(0)).result())
                .satisfies(result -> assertThat(result.failure()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flux", "flux-later"})
    void countsAsFailedWhereAStreamBreaksOff(String way) throws Exception {
        Delivery delivery = delivery("map");
        try {
            assertThat(server.send("/failed/" + way, delivery).statusCode()).isEqualTo(500);
        } catch (IOException brokenOff) {
            assertThat(way).isEqualTo("flux-later");
        }
        assertThat(kindsOf(delivery))
                .containsExactly(way.equals("flux-later") ? Kind.FAILED_AFTER_ANSWER : Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"binding", "binding-mapped"})
    void countsAsFailedWhereAParameterCannotBeBound(String way) throws Exception {
        Delivery delivery = delivery("none");

        assertThat(server.send("/failed/" + way, delivery).statusCode()).isGreaterThanOrEqualTo(400);

        assertThat(kindsOf(delivery)).containsExactly(Kind.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "null, 204",
        "void, 200",
        "optional, 204",
        "null-stage, 204",
        "void-stage, 200",
        "optional-stage, 204",
        "empty-mono, 204",
        "void-mono, 200",
        "empty-response-mono, 204",
        "empty-flux, 200",
        "null-accepted, 202",
    })
    void handlesADeliveryWithoutAnAnswerOnce(String way, int status) throws Exception {
        Delivery delivery = delivery("none");

        assertThat(server.send("/failed/" + way, delivery).statusCode()).isEqualTo(status);
        assertThat(server.send("/failed/" + way, delivery).statusCode()).isEqualTo(200);

        assertThat(kindsOf(delivery)).containsExactly(Kind.HANDLED, Kind.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-encodable", "not-encodable-response", "not-encodable-mono", "not-encodable-flux"})
    void countsAsFailedWhereTheAnswerCannotBeEncoded(String way) throws Exception {
        Delivery delivery = delivery("none");

        assertThat(server.send("/failed/" + way, delivery).statusCode()).isEqualTo(500);
        assertThat(server.send("/failed/" + way, delivery).statusCode()).isEqualTo(500);

        assertThat(kindsOf(delivery)).containsExactly(Kind.FAILED, Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"future-in-response", "mono-in-response"})
    void waitsForWhatIsWithinAResponse(String way) throws Exception {
        Delivery handled = delivery("none");
        Delivery failed = delivery("unmapped");

        assertThat(server.send("/failed/" + way, handled).statusCode()).isEqualTo(200);
        assertThat(server.send("/failed/" + way, failed).statusCode()).isEqualTo(500);

        assertThat(kindsOf(handled)).containsExactly(Kind.HANDLED);
        assertThat(kindsOf(failed)).containsExactly(Kind.FAILED);
    }

    private static Delivery delivery(String failure) {
        return Delivery.of(failure + "/" + IDS.incrementAndGet());
    }

    private static List<Kind> kindsOf(Delivery delivery) {
        return outcomesOf(delivery).stream().map(DeliveryOutcome::kind).toList();
    }

    private static List<DeliveryOutcome> outcomesOf(Delivery delivery) {
        String id = delivery.text().replaceAll("^\\{\"eventId\":\"([^\"]*)\".*", "$1");
        return server.outcomes().stream()
                .filter(outcome -> outcome.deliveryKey()
                        .filter(key -> key.value().endsWith(":" + id))
                        .isPresent())
                .toList();
    }

    static final class Mapped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String how;

        Mapped(String how) {
            super(how);
            this.how = how;
        }
    }

    static final class Text extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Nothing extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Stage extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class InMono extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class InBean extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class InObjectBean extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Acknowledged extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class Accepted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AcknowledgedByBean extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class AcknowledgedByStatus extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable error) throws E {
        throw (E) error;
    }

    private static void fail(FormFlowEvent event) {
        String failure = event.eventId().replaceAll("/.*", "");
        Throwable error = switch (failure) {
            case "none", "answers-503" -> null;
            case "unmapped" -> new UnsupportedOperationException("nobody maps it");
            case "eof" -> new EOFException("the end");
            case "reset" -> new IOException("Connection reset by peer");
            case "broken-pipe-cause" -> new IllegalStateException("wrapped", new SocketException("Broken pipe"));
            case "error" -> new AssertionError("an Error");
            case "map" -> new Mapped("a map");
            case "text" -> new Text();
            case "nothing" -> new Nothing();
            case "stage" -> new Stage();
            case "mono" -> new InMono();
            case "bean" -> new InBean();
            case "bean-object" -> new InObjectBean();
            case "rejected" -> new Rejected();
            case "acknowledged" -> new Acknowledged();
            case "accepted" -> new Accepted();
            case "acknowledged-by-bean" -> new AcknowledgedByBean();
            case "acknowledged-by-status" -> new AcknowledgedByStatus();
            default -> new AssertionError(failure);
        };
        if (error != null) {
            FailedHandlerTest.<RuntimeException>sneak(error);
        }
    }

    /** Another controller, as applications have for the errors of all. */
    @Requires(property = "spec", value = "failed")
    @Controller
    static class Errors {
        @Error(global = true, exception = Mapped.class)
        Map<String, String> map(Mapped error) {
            return Map.of("error", error.how);
        }

        @Error(global = true, exception = Text.class)
        String text() {
            return "error";
        }

        @Error(global = true, exception = Nothing.class)
        void nothing() {}

        @Error(global = true, exception = Stage.class)
        CompletionStage<Map<String, String>> stage() {
            return CompletableFuture.completedFuture(Map.of("error", "later"));
        }

        @Error(global = true, exception = InMono.class)
        Mono<String> mono() {
            return Mono.just("error");
        }

        @Error(global = true, exception = Rejected.class)
        HttpResponse<String> rejected() {
            return HttpResponse.unprocessableEntity();
        }

        @Error(global = true, exception = Acknowledged.class)
        Object acknowledged() {
            return HttpResponse.ok(Map.of("known", true));
        }

        @Error(global = true, exception = Accepted.class)
        HttpStatus accepted() {
            return HttpStatus.ACCEPTED;
        }

        @Error(global = true, exception = AcknowledgedByStatus.class)
        @Status(HttpStatus.OK)
        String acknowledgedByStatus() {
            return "known";
        }

        @Error(global = true, status = HttpStatus.SERVICE_UNAVAILABLE)
        Map<String, String> unavailable() {
            return Map.of("error", "unavailable");
        }
    }

    @Requires(property = "spec", value = "failed")
    @Singleton
    @SuppressWarnings("rawtypes") // as Micronaut declares it
    static class BeanHandler implements ExceptionHandler<InBean, String> {
        @Override
        public String handle(HttpRequest request, InBean exception) {
            return "error";
        }
    }

    @Requires(property = "spec", value = "failed")
    @Singleton
    @SuppressWarnings("rawtypes") // as Micronaut declares it
    static class ObjectBeanHandler implements ExceptionHandler<InObjectBean, Object> {
        @Override
        public Object handle(HttpRequest request, InObjectBean exception) {
            return Map.of("error", "object");
        }
    }

    @Requires(property = "spec", value = "failed")
    @Singleton
    @SuppressWarnings("rawtypes") // as Micronaut declares it
    static class AcknowledgingBeanHandler implements ExceptionHandler<AcknowledgedByBean, HttpResponse<String>> {
        @Override
        public HttpResponse<String> handle(HttpRequest request, AcknowledgedByBean exception) {
            return HttpResponse.ok("known");
        }
    }

    static final class NotEncodable {
        private @Nullable String value;

        public String getValue() {
            return Objects.requireNonNull(value, "This object cannot be written");
        }
    }

    @Requires(property = "spec", value = "failed")
    @Controller("/failed")
    static class Handlers {

        @WebhookEndpoint("direct")
        @Post("/direct")
        Object direct(FormFlowEvent event) {
            fail(event);
            return event.eventId().startsWith("answers-503")
                    ? HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                    : "handled";
        }

        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(FormFlowEvent event) {
            return CompletableFuture.supplyAsync(() -> {
                fail(event);
                return "handled";
            });
        }

        @WebhookEndpoint("mono")
        @Post("/mono")
        Mono<String> mono(FormFlowEvent event) {
            return Mono.fromRunnable(() -> fail(event));
        }

        @WebhookEndpoint("mono-response")
        @Post("/mono-response")
        Mono<HttpResponse<String>> monoResponse(FormFlowEvent event) {
            return Mono.fromRunnable(() -> fail(event));
        }

        @WebhookEndpoint("flux")
        @Post("/flux")
        Flux<String> flux(FormFlowEvent event) {
            return Flux.defer(() -> {
                fail(event);
                return Flux.empty();
            });
        }

        @WebhookEndpoint("flux-later")
        @Post("/flux-later")
        Flux<String> fluxLater(FormFlowEvent event) {
            return Flux.just("first").concatWith(Mono.fromRunnable(() -> fail(event)));
        }

        @WebhookEndpoint("binding")
        @Post("/binding")
        void binding(FormFlowEvent event, @Body Integer body) {}

        @WebhookEndpoint("binding-mapped")
        @Post("/binding-mapped")
        void bindingMapped(FormFlowEvent event, @Body Integer body) {}

        @WebhookEndpoint("null")
        @Post("/null")
        @Nullable
        String nothing(FormFlowEvent event) {
            return null;
        }

        @WebhookEndpoint("void")
        @Post("/void")
        void nothingAtAll(FormFlowEvent event) {}

        @WebhookEndpoint("optional")
        @Post("/optional")
        Optional<String> optional(FormFlowEvent event) {
            return Optional.empty();
        }

        @WebhookEndpoint("null-stage")
        @Post("/null-stage")
        CompletionStage<@Nullable String> nullStage(FormFlowEvent event) {
            return CompletableFuture.completedFuture(null);
        }

        @WebhookEndpoint("void-stage")
        @Post("/void-stage")
        CompletionStage<@Nullable Void> voidStage(FormFlowEvent event) {
            return CompletableFuture.completedFuture(null);
        }

        @WebhookEndpoint("optional-stage")
        @Post("/optional-stage")
        CompletionStage<Optional<String>> optionalStage(FormFlowEvent event) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @WebhookEndpoint("empty-mono")
        @Post("/empty-mono")
        Mono<String> emptyMono(FormFlowEvent event) {
            return Mono.empty();
        }

        @WebhookEndpoint("void-mono")
        @Post("/void-mono")
        Mono<Void> voidMono(FormFlowEvent event) {
            return Mono.empty();
        }

        @WebhookEndpoint("empty-response-mono")
        @Post("/empty-response-mono")
        Mono<HttpResponse<String>> emptyResponseMono(FormFlowEvent event) {
            return Mono.empty();
        }

        @WebhookEndpoint("empty-flux")
        @Post("/empty-flux")
        Flux<String> emptyFlux(FormFlowEvent event) {
            return Flux.empty();
        }

        @WebhookEndpoint("null-accepted")
        @Post("/null-accepted")
        @Status(HttpStatus.ACCEPTED)
        @Nullable
        String nullAccepted(FormFlowEvent event) {
            return null;
        }

        @WebhookEndpoint("not-encodable")
        @Post("/not-encodable")
        Object notEncodable(FormFlowEvent event) {
            return new NotEncodable();
        }

        @WebhookEndpoint("not-encodable-response")
        @Post("/not-encodable-response")
        HttpResponse<NotEncodable> notEncodableResponse(FormFlowEvent event) {
            return HttpResponse.ok(new NotEncodable());
        }

        @WebhookEndpoint("not-encodable-mono")
        @Post("/not-encodable-mono")
        Mono<NotEncodable> notEncodableMono(FormFlowEvent event) {
            return Mono.fromSupplier(NotEncodable::new);
        }

        @WebhookEndpoint("not-encodable-flux")
        @Post("/not-encodable-flux")
        Flux<NotEncodable> notEncodableFlux(FormFlowEvent event) {
            return Flux.just(new NotEncodable());
        }

        @WebhookEndpoint("future-in-response")
        @Post("/future-in-response")
        HttpResponse<CompletableFuture<String>> futureInResponse(FormFlowEvent event) {
            return HttpResponse.ok(CompletableFuture.supplyAsync(() -> {
                fail(event);
                return "handled";
            }));
        }

        @WebhookEndpoint("mono-in-response")
        @Post("/mono-in-response")
        HttpResponse<Mono<String>> monoInResponse(FormFlowEvent event) {
            return HttpResponse.ok(Mono.fromCallable(() -> {
                fail(event);
                return "handled";
            }));
        }
    }
}
