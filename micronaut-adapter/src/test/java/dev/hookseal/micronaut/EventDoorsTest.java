package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.ExecutionHandleLocator;
import io.micronaut.context.annotation.Executable;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.annotation.Async;
import io.micronaut.web.router.DefaultRouteBuilder;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.ServerWebSocket;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Where an event would be missing, or would come from what nobody verified, the application does not start. */
class EventDoorsTest {
    private static final String AS_IT_IS = "write the event or VerifiedWebhook as a parameter itself";

    @ParameterizedTest
    @CsvSource({
        "optional, Optional<FormFlowEvent>",
        "optional-proof, Optional<VerifiedWebhook<FormFlowEvent>>",
        "optional-of-another, Optional<ExtractaEvent>",
        "list, List<FormFlowEvent>",
        "mono, Mono<FormFlowEvent>",
        "future, CompletableFuture<FormFlowEvent>",
        "array, FormFlowEvent[]",
        "bean, Values",
        "class-bean, ClassValues",
        "body-bean, Values",
        "bare-optional, Optional<FormFlowEvent>",
        "bare-list, List<FormFlowEvent>",
        "bare-bean, Values",
        "built, Optional<FormFlowEvent>",
    })
    void failsForAnEventWithinAnotherParameter(String spec, String type) {
        assertThat(messageOfTheStart(spec))
                .contains("handle has a parameter")
                .contains(type)
                .contains(AS_IT_IS);
    }

    @ParameterizedTest
    @CsvSource({
        "nullable, may be null",
        "nullable-proof, may be null",
        "bare-nullable, may be null",
        "json, 'is JsonData, which comes with an event'",
        "bare-json, 'is JsonData, which comes with an event'",
        "json-list, 'is JsonData, which comes with an event'",
    })
    void failsForAParameterThatMayBeMissingOrCannotBe(String spec, String message) {
        assertThat(messageOfTheStart(spec)).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "global-error, GlobalError.failed is an error route",
        "local-error, LocalError.failed is an error route",
        "status-error, StatusError.failed is an error route",
        "optional-error, OptionalError.failed is an error route",
        "endpoint-error, EndpointError.failed is an error route",
        "socket, Socket.message is of a WebSocket",
    })
    void failsForAMethodThatRunsWithoutADelivery(String spec, String message) {
        assertThat(messageOfTheStart(spec)).contains(message).contains("remove the parameter");
    }

    @Test
    void failsForAnAnnotatedMethodOfAWebSocket() {
        assertThat(messageOfTheStart("annotated-socket"))
                .contains("AnnotatedSocket.message carries @WebhookEndpoint and is of a WebSocket");
    }

    @ParameterizedTest
    @CsvSource({"two-events", "two-types", "two-variables", "endpoint-and-plain"})
    void failsForTwoMethodsAtOnePath(String spec) {
        assertThat(messageOfTheStart(spec))
                .contains("are both mapped to POST")
                .contains("go on from there by the type of the event");
    }

    @ParameterizedTest
    @CsvSource({
        "async, AsyncVoid.handle carries @Async",
        "bare-future, 'BareFuture.handle returns Future<String>, which Micronaut does not wait for'",
        "future-in-response, 'FutureInResponse.handle returns HttpResponse<Future<String>>'",
    })
    void failsForWorkThatMicronautDoesNotWaitFor(String spec, String message) {
        assertThat(messageOfTheStart(spec)).contains(message);
    }

    private static String messageOfTheStart(String spec) {
        Throwable failure =
                catchThrowable(() -> Server.start(spec, Map.of("hookseal.endpoints.extracta.secret", Server.SECRET))
                        .close());
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    @Introspected
    record Values(@Nullable FormFlowEvent event) {}

    @Introspected
    static class ClassValues {
        private @Nullable VerifiedWebhook<FormFlowEvent> webhook;

        public @Nullable VerifiedWebhook<FormFlowEvent> getWebhook() {
            return webhook;
        }

        public void setWebhook(@Nullable VerifiedWebhook<FormFlowEvent> webhook) {
            this.webhook = webhook;
        }
    }

    @Requires(property = "spec", value = "global-error")
    @Controller
    static class GlobalError {
        @Error(global = true)
        String failed(@Nullable FormFlowEvent event) {
            return "";
        }
    }

    @Requires(property = "spec", value = "local-error")
    @Controller
    static class LocalError {
        @Error(exception = IllegalStateException.class)
        String failed(VerifiedWebhook<FormFlowEvent> webhook) {
            return "";
        }
    }

    @Requires(property = "spec", value = "status-error")
    @Controller
    static class StatusError {
        @Error(status = HttpStatus.NOT_FOUND, global = true)
        String failed(FormFlowEvent event) {
            return "";
        }
    }

    @Requires(property = "spec", value = "optional-error")
    @Controller
    static class OptionalError {
        @Error(global = true)
        String failed(Optional<ExtractaEvent> event) {
            return "";
        }
    }

    @Requires(property = "spec", value = "endpoint-error")
    @Controller
    @WebhookEndpoint("formflow")
    static class EndpointError {
        @Post("/hook")
        void handle(FormFlowEvent event) {}

        @Error
        String failed(FormFlowEvent event) {
            return "";
        }
    }

    @Requires(property = "spec", value = "socket")
    @ServerWebSocket("/socket")
    static class Socket {
        @OnMessage
        void message(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "annotated-socket")
    @ServerWebSocket("/socket")
    static class AnnotatedSocket {
        @WebhookEndpoint("formflow")
        @OnMessage
        void message(String text) {}
    }

    @Requires(property = "spec", value = "optional")
    @Controller
    static class Optionally {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(Optional<FormFlowEvent> event) {}
    }

    @Requires(property = "spec", value = "optional-proof")
    @Controller
    static class OptionalProof {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(Optional<VerifiedWebhook<FormFlowEvent>> webhook) {}
    }

    @Requires(property = "spec", value = "optional-of-another")
    @Controller
    static class OptionalOfAnother {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(FormFlowEvent event, Optional<ExtractaEvent> other) {}
    }

    @Requires(property = "spec", value = "list")
    @Controller
    static class Listed {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(List<FormFlowEvent> events) {}
    }

    @Requires(property = "spec", value = "mono")
    @Controller
    static class InMono {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(Mono<FormFlowEvent> event) {}
    }

    @Requires(property = "spec", value = "future")
    @Controller
    static class InFuture {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(CompletableFuture<FormFlowEvent> event) {}
    }

    @Requires(property = "spec", value = "array")
    @Controller
    static class InArray {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(FormFlowEvent[] events) {}
    }

    @Requires(property = "spec", value = "bean")
    @Controller
    static class InBean {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@RequestBean Values values) {}
    }

    @Requires(property = "spec", value = "class-bean")
    @Controller
    static class InClassBean {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@RequestBean ClassValues values) {}
    }

    @Requires(property = "spec", value = "body-bean")
    @Controller
    static class InBodyBean {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@Body Values values) {}
    }

    @Requires(property = "spec", value = "nullable")
    @Controller
    static class NullableEvent {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@Nullable FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "nullable-proof")
    @Controller
    static class NullableProof {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@Nullable VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @Requires(property = "spec", value = "json")
    @Controller
    static class Json {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(JsonData data) {}
    }

    @Requires(property = "spec", value = "json-list")
    @Controller
    static class JsonList {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(List<JsonData> data) {}
    }

    @Requires(property = "spec", value = "bare-optional")
    @Controller
    static class BareOptional {
        @Post("/hook")
        void handle(Optional<FormFlowEvent> event) {}
    }

    @Requires(property = "spec", value = "bare-list")
    @Controller
    static class BareList {
        @Post("/hook")
        void handle(@Body List<FormFlowEvent> events) {}
    }

    @Requires(property = "spec", value = "bare-bean")
    @Controller
    static class BareBean {
        @Post("/hook")
        void handle(@RequestBean Values values) {}
    }

    @Requires(property = "spec", value = "bare-nullable")
    @Controller
    static class BareNullable {
        @Post("/hook")
        void handle(@Nullable FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "bare-json")
    @Controller
    static class BareJson {
        @Post("/hook")
        void handle(@Body JsonData data) {}
    }

    @Requires(property = "spec", value = "async")
    @Controller
    static class AsyncVoid {
        @WebhookEndpoint("formflow")
        @Async
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "bare-future")
    @Controller
    static class BareFuture {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        Future<String> handle(FormFlowEvent event) {
            return CompletableFuture.completedFuture("");
        }
    }

    @Requires(property = "spec", value = "future-in-response")
    @Controller
    static class FutureInResponse {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        HttpResponse<Future<String>> handle(FormFlowEvent event) {
            return HttpResponse.ok(CompletableFuture.completedFuture(""));
        }
    }

    @Requires(property = "spec", value = "two-events")
    @Controller
    static class TwoEvents {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @Post("/hook")
        void extracted(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "export")
        @Post("/hook")
        void exported(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "two-types")
    @Controller
    static class TwoTypes {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void json(FormFlowEvent event) {}

        @WebhookEndpoint("formflow")
        @Post("/hook")
        @Consumes("text/plain")
        void text(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "two-variables")
    @Controller
    static class TwoVariables {
        @WebhookEndpoint("formflow")
        @Post("/hook/{tenant}")
        void one(FormFlowEvent event, String tenant) {}

        @WebhookEndpoint("formflow")
        @Post("/hook/{name}")
        void other(FormFlowEvent event, String name) {}
    }

    @Requires(property = "spec", value = "endpoint-and-plain")
    @Controller
    static class EndpointAndPlain {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void endpoint(FormFlowEvent event) {}

        @Post("/hook")
        @Consumes("text/plain")
        void plain(@Body String body) {}
    }

    @Requires(property = "spec", value = "built")
    @Singleton
    static class Target {
        @Executable
        void handle(Optional<FormFlowEvent> event) {}
    }

    @Requires(property = "spec", value = "built")
    @Singleton
    @SuppressWarnings("overrides") // of Micronaut's own methods
    static class Built extends DefaultRouteBuilder {
        Built(ExecutionHandleLocator locator, UriNamingStrategy names, ConversionService conversions, Target target) {
            super(locator, names, conversions);
            POST("/hook", target, "handle", Optional.class);
        }
    }
}
