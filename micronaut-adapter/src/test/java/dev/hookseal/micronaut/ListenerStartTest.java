package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Executable;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.runtime.http.scope.RequestScope;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Async;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a listener fails the start, and the message says what to do. */
class ListenerStartTest {
    private static final Map<String, Object> WITH_PATH =
            Map.of("hookseal.endpoints.formflow.path", "/webhooks/formflow");

    private static String failure(String spec, Map<String, Object> properties, Object... beans) {
        Throwable failure =
                catchThrowable(() -> Server.start(spec, properties, beans).close());
        assertThat(failure).isInstanceOf(WebhookConfigurationException.class);
        return failure.getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "listener-private, 'Private.received carries @WebhookListener and is private', make it an instance method",
        "listener-static, 'Static.received carries @WebhookListener and is static', make it an instance method",
        "listener-returns, 'Returns.received carries @WebhookListener and returns CompletionStage', 'return void, wait'",
        "listener-without-event, 'WithoutEvent.received carries @WebhookListener and has 1 parameters', declare the event",
        "listener-without-parameter, 'WithoutParameter.received carries @WebhookListener and has no parameter', declare",
        "listener-two-events, 'TwoEvents.received carries @WebhookListener and has 2 parameters', declare the event",
        "listener-two-attempts, 'TwoAttempts.received carries @WebhookListener and has 3 parameters', declare the event",
        "listener-other-event, 'OtherEvent.received has a parameter for events of type dev.hookseal.extracta.ExtractaEvent', @WebhookListener",
        "listener-other-type, 'OtherType.received has a parameter for events of type java.lang.String', @WebhookListener",
        "listener-async, 'AsyncListener.received carries @WebhookListener and is @Async', remove @Async",
        "listener-execute-on, 'OnExecutor.received carries @WebhookListener and is annotated with @ExecuteOn', hookseal.inbox.workers",
        "listener-endpoint-too, 'EndpointToo.received carries @WebhookListener and is a route', remove @WebhookListener",
        "listener-route-too, 'RouteToo.received carries @WebhookListener and is a route', remove @WebhookListener",
        "listener-request-scope, 'OfRequest.received carries @WebhookListener and is of a bean with @RequestScope', @Singleton",
        "listener-each, 'Each.received carries @WebhookListener and is of a class that is a bean several times', move the method",
        "listener-unknown-endpoint, 'Unknown.received is annotated with @WebhookListener(\"nowhere\")', hookseal.endpoints.nowhere",
        "listener-unknown-event, 'UnknownEvent.received names an event in its @WebhookListener that it cannot get', extracted",
        "listener-twice, 'Twice.first and Twice.second of endpoint formflow both take event export', one listener",
        "listener-and-controller, 'Both.now and Both.later of endpoint formflow both take every event', name its own events",
    })
    void failsTheStart(String spec, String problem, String action) {
        Map<String, Object> properties = new HashMap<>(WITH_PATH);
        properties.put("several.one.name", "one");
        properties.put("hookseal.endpoints.extracta.secret", Server.SECRET);

        assertThat(failure(spec, properties, new MemoryInbox()))
                .startsWith(problem)
                .contains(action);
    }

    @Test
    void failsWithoutAnInbox() {
        assertThat(failure("listener-fine", WITH_PATH))
                .isEqualTo("Fine.received carries @WebhookListener, and there is no inbox that keeps its deliveries:"
                        + " add the module hookseal-inbox and a data source, or define a bean of type"
                        + " dev.hookseal.inbox.Inbox");
    }

    @Test
    void failsWhereNothingReceivesForAListener() {
        assertThat(failure("listener-fine", Map.of(), new MemoryInbox()))
                .contains("set hookseal.endpoints.formflow.path to where they arrive, such as /webhooks/formflow");
    }

    @Test
    void failsForAPathWithoutAListener() {
        assertThat(failure("listener-none", WITH_PATH, new MemoryInbox()))
                .contains("hookseal.endpoints.formflow.path is /webhooks/formflow, and the endpoint has no listener");
    }

    @Test
    void failsForAPathThatIsNotOne() {
        assertThat(failure(
                        "listener-fine",
                        Map.of("hookseal.endpoints.formflow.path", "webhooks/{name}"),
                        new MemoryInbox()))
                .contains("hookseal.endpoints.formflow.path is \"webhooks/{name}\", which is not a path");
    }

    @Requires(property = "spec", value = "listener-fine")
    @Singleton
    static class Fine {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-private")
    @Singleton
    static class Private {
        @WebhookListener("formflow")
        @SuppressWarnings("unused") // that is what the start says
        private void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-static")
    @Singleton
    static class Static {
        @WebhookListener("formflow")
        static void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-returns")
    @Singleton
    static class Returns {
        @WebhookListener("formflow")
        CompletionStage<Void> received(FormFlowEvent event) {
            throw new AssertionError();
        }
    }

    @Requires(property = "spec", value = "listener-without-event")
    @Singleton
    static class WithoutEvent {
        @WebhookListener("formflow")
        void received(Attempt attempt) {}
    }

    @Requires(property = "spec", value = "listener-without-parameter")
    @Singleton
    static class WithoutParameter {
        @WebhookListener("formflow")
        void received() {}
    }

    @Requires(property = "spec", value = "listener-two-events")
    @Singleton
    static class TwoEvents {
        @WebhookListener("formflow")
        void received(FormFlowEvent event, VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @Requires(property = "spec", value = "listener-two-attempts")
    @Singleton
    static class TwoAttempts {
        @WebhookListener("formflow")
        void received(Attempt one, FormFlowEvent event, Attempt other) {}
    }

    @Requires(property = "spec", value = "listener-other-event")
    @Singleton
    static class OtherEvent {
        @WebhookListener("formflow")
        void received(VerifiedWebhook<ExtractaEvent> webhook) {}
    }

    @Requires(property = "spec", value = "listener-other-type")
    @Singleton
    static class OtherType {
        @WebhookListener("formflow")
        void received(String body) {}
    }

    @Requires(property = "spec", value = "listener-async")
    @Singleton
    static class AsyncListener {
        @WebhookListener("formflow")
        @Async
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-execute-on")
    @Singleton
    static class OnExecutor {
        @WebhookListener("formflow")
        @ExecuteOn(TaskExecutors.BLOCKING)
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-endpoint-too")
    @Controller
    static class EndpointToo {
        @WebhookListener("formflow")
        @WebhookEndpoint("formflow")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-route-too")
    @Controller
    @WebhookEndpoint("formflow")
    static class RouteToo {
        @WebhookListener("formflow")
        @Post("/route")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-request-scope")
    @RequestScope
    static class OfRequest {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-each")
    @EachProperty("several")
    static class Each {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-unknown-endpoint")
    @Singleton
    static class Unknown {
        @WebhookListener("nowhere")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-unknown-event")
    @Singleton
    static class UnknownEvent {
        @WebhookListener(value = "formflow", events = "extractd")
        void received(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-twice")
    @Singleton
    static class Twice {
        @WebhookListener(value = "formflow", events = "export")
        void first(FormFlowEvent event) {}

        @WebhookListener("formflow")
        void second(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "listener-and-controller")
    @Controller
    static class Both {
        @WebhookEndpoint("formflow")
        @Post("/now")
        void now(FormFlowEvent event) {}

        @WebhookListener("formflow")
        @Executable
        void later(FormFlowEvent event) {}
    }
}
