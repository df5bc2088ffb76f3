package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong fails the start, and the message names what to fix. */
class StartupCheckTest {

    @Test
    void failsForAnEndpointThatIsNotConfigured() {
        assertThat(messageOfTheStart("unknown-endpoint", Map.of()))
                .contains("UnknownEndpoint.handle is annotated with @WebhookEndpoint(\"nowhere\")")
                .contains("hookseal.endpoints.nowhere.secret");
    }

    @ParameterizedTest
    @CsvSource({
        "hookseal.endpoints.formflow.secret, '', hookseal.endpoints.formflow.secret is empty",
        "hookseal.endpoints.formflow.provider, acme, 'hookseal.endpoints.formflow.provider is acme, and there is no such provider: set'",
        "hookseal.endpoints.formflow.replay-window, soon, 'replay-window is not a duration: soon: set it to a number with a unit'",
        "hookseal.endpoints.formflow.replay-window, 72, 'replay-window is not a duration: 72: set it to a number with a unit'",
        "hookseal.endpoints.formflow.lease, 5, 'formflow.lease is not a duration: 5: set it to a number with a unit'",
        "hookseal.endpoints.formflow.replay-window, 72ms, 'replay-window must be from 1m to 3650d, and it is 72ms: set it to 1m or more'",
        "hookseal.endpoints.formflow.max-body-size, large, 'max-body-size is not a size: large: set it to a number with a unit'",
        "hookseal.endpoints.formflow.max-body-size, 10, 'max-body-size must be from 4KB to 256MB, and it is 10 bytes: set it to a number with a unit'",
        "hookseal.endpoints.formflow.max-body-size, 0, hookseal.endpoints.formflow.max-body-size",
        "hookseal.endpoints.formflow.lease, 0s, 'hookseal.endpoints.formflow.lease must be from 1s to 24h, and it is 0s'",
        "hookseal.endpoints.formflow.repeat-window, 5m, hookseal.endpoints.formflow.repeat-window is not a setting of the provider formflow",
        "hookseal.store.max-deliveries, many, 'hookseal.store.max-deliveries is not a whole number: many'",
        "hookseal.store.max-deliveries, 0, 'hookseal.store.max-deliveries must be at least 1'",
    })
    void failsForAValueThatIsWrong(String property, String value, String message) {
        Map<String, Object> properties = property.endsWith(".secret")
                ? Map.of(property, value)
                : Map.of(property, value, "hookseal.endpoints.formflow.secret", Server.SECRET);

        assertThat(messageOfTheStart("fine", properties)).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "bare-event, BareEvent.handle has a parameter of type dev.hookseal.formflow.FormFlowEvent",
        "bare-proof, BareProof.handle has a parameter of type dev.hookseal.VerifiedWebhook",
        "bare-proof-from-body, BareProofFromBody.handle has a parameter webhook of type VerifiedWebhook<FormFlowEvent> that has an annotation",
        "event-of-another, EventOfAnother.handle has a parameter for events of type dev.hookseal.extracta.ExtractaEvent",
        "proof-of-another, ProofOfAnother.handle has a parameter for events of type dev.hookseal.extracta.ExtractaEvent",
        "event-from-body, EventFromBody.handle has a parameter event of type FormFlowEvent that has an annotation that binds it to the request",
        "no-such-event, NoSuchEvent.handle names an event in its @WebhookEndpoint that it cannot get. formflow does not send the event \"extractd\"",
        "no-route, NoRoute.handle carries @WebhookEndpoint",
        "no-controller, NoController.handle carries @WebhookEndpoint",
        "no-controller-class, NoControllerClass carries @WebhookEndpoint",
        "unseen-method, UnseenMethod.handle carries @WebhookEndpoint",
        "unseen-class, UnseenClass carries @WebhookEndpoint",
    })
    void failsForAHandlerThatNothingVerifiesOrThatNothingReaches(String spec, String message) {
        assertThat(messageOfTheStart(spec, Map.of())).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "hookseal.endpoints.formflow.tolerence, use hookseal.endpoints.formflow.tolerance",
        "hookseal.endpoints.formflow.secret.extracted, 'set hookseal.endpoints.formflow.secrets.extracted, or hookseal.endpoints.formflow.secret for every event'",
        "hookseal.endpoints.formflow.secrets, 'set hookseal.endpoints.formflow.secret for one secret, '",
        "hookseal.endpoint.formflow.secret, 'use hookseal.endpoints.<name>.<key>, or one of [hookseal.body-budget, '",
        "hookseal.store.max-delivery, use hookseal.store.max-deliveries",
        "hookseal.rejected.directory, 'use hookseal.endpoints.<name>.<key>, or one of [hookseal.body-budget, '",
    })
    void namesTheNearestRightPropertyAndNoValue(String property, String message) {
        assertThat(messageOfTheStart("fine", Map.of(property, "whsec-of-nobody")))
                .startsWith(property + " is ")
                .contains(": " + message)
                .doesNotContain("whsec-of-nobody");
    }

    @Test
    void takesAPropertyInCamelCase() {
        assertThat(messageOfTheStart("fine", Map.of("hookseal.endpoints.formflow.replayWindow", "24h")))
                .isEmpty();
    }

    @Test
    void namesTheSecretThatAnAskedForEventLacks() {
        assertThat(messageOfTheStart(
                        "exports-only", Map.of("hookseal.endpoints.formflow.secrets.extracted", Server.SECRET)))
                .contains("set hookseal.endpoints.formflow.secrets.export");
    }

    @ParameterizedTest
    @CsvSource({
        "two-paths, TwoPaths.first and TwoPaths.second are both handlers of endpoint formflow for every event",
        "overloaded, 'Overloaded.handle(FormFlowEvent) and '",
        "one-base, OnePath.handle and OtherPath.handle are both handlers",
        "one-event-shared, OneEventShared.first and OneEventShared.second are both handlers of endpoint formflow for event export",
    })
    void failsForTwoHandlersThatCanGetTheSameEvent(String spec, String message) {
        assertThat(messageOfTheStart(spec, Map.of()))
                .contains(message)
                .contains("the second one would never run: use two endpoints with the same provider");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-uris", "disjoint-events"})
    void takesOneHandlerForEachEvent(String spec) {
        assertThat(messageOfTheStart(spec, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "by-get, ByGet.handle is annotated with @WebhookEndpoint and mapped to GET /hook",
        "by-put, ByPut.handle is annotated with @WebhookEndpoint and mapped to PUT /hook",
        "status-beside-it, StatusBesideIt.status is annotated with @WebhookEndpoint and mapped to GET /status",
    })
    void failsForAHandlerThatIsNotMappedToPost(String spec, String message) {
        assertThat(messageOfTheStart(spec, Map.of()))
                .contains(message)
                .contains(
                        "where it could never receive a delivery, which is a POST: map it with @Post, or annotate other"
                                + " methods of its class instead of the class");
    }

    private static String messageOfTheStart(String spec, Map<String, Object> properties) {
        Throwable failure = catchThrowable(() -> Server.start(spec, properties).close());
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    @Requires(property = "spec", value = "fine")
    @Controller
    static class Fine {
        @WebhookEndpoint("formflow")
        @Post("/fine")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "two-paths")
    @Controller
    @WebhookEndpoint("formflow")
    static class TwoPaths {
        @Post("/first")
        void first(FormFlowEvent event) {}

        @Post("/second")
        void second(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "overloaded")
    @Controller
    @WebhookEndpoint("formflow")
    static class Overloaded {
        @Post("/first")
        void handle(FormFlowEvent event) {}

        @Post("/second")
        void handle(FormFlowEvent event, @Body String body) {}
    }

    static class OneBase {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "one-base")
    @Controller("/one")
    static class OnePath extends OneBase {}

    @Requires(property = "spec", value = "one-base")
    @Controller("/other")
    static class OtherPath extends OneBase {}

    @Requires(property = "spec", value = "one-event-shared")
    @Controller
    static class OneEventShared {
        @WebhookEndpoint(
                value = "formflow",
                events = {"extracted", "export"})
        @Post("/first")
        void first(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "export")
        @Post("/second")
        void second(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "two-uris")
    @Controller
    static class TwoUris {
        @WebhookEndpoint("formflow")
        @Post(uris = {"/first", "/second"})
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "disjoint-events")
    @Controller
    static class DisjointEvents {
        @WebhookEndpoint(value = "formflow", events = "extracted")
        @Post("/first")
        void first(FormFlowEvent event) {}

        @WebhookEndpoint(value = "formflow", events = "export")
        @Post("/second")
        void second(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "by-get")
    @Controller
    static class ByGet {
        @WebhookEndpoint("formflow")
        @Get("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "by-put")
    @Controller
    static class ByPut {
        @WebhookEndpoint("formflow")
        @Put("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "status-beside-it")
    @Controller
    @WebhookEndpoint("formflow")
    static class StatusBesideIt {
        @Post("/hook")
        void handle(FormFlowEvent event) {}

        @Get("/status")
        String status() {
            return "up";
        }
    }

    @Requires(property = "spec", value = "unknown-endpoint")
    @Controller
    static class UnknownEndpoint {
        @WebhookEndpoint("nowhere")
        @Post("/hook")
        void handle() {}
    }

    @Requires(property = "spec", value = "exports-only")
    @Controller
    static class ExportsOnly {
        @WebhookEndpoint(value = "formflow", events = "export")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "bare-event")
    @Controller
    static class BareEvent {
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "bare-proof")
    @Controller
    static class BareProof {
        @Post("/hook")
        void handle(VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @Requires(property = "spec", value = "bare-proof-from-body")
    @Controller
    static class BareProofFromBody {
        @Post("/hook")
        void handle(@Body VerifiedWebhook<FormFlowEvent> webhook) {}
    }

    @Requires(property = "spec", value = "event-of-another")
    @Controller
    static class EventOfAnother {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(ExtractaEvent event) {}
    }

    @Requires(property = "spec", value = "proof-of-another")
    @Controller
    static class ProofOfAnother {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(VerifiedWebhook<ExtractaEvent> webhook) {}
    }

    @Requires(property = "spec", value = "event-from-body")
    @Controller
    static class EventFromBody {
        @WebhookEndpoint("formflow")
        @Post("/hook")
        void handle(@Body FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "no-such-event")
    @Controller
    static class NoSuchEvent {
        @WebhookEndpoint(value = "formflow", events = "extractd")
        @Post("/hook")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "no-route")
    @Controller
    static class NoRoute {
        @WebhookEndpoint("formflow")
        void handle(FormFlowEvent event) {}

        @Post("/other")
        void other() {}
    }

    @Requires(property = "spec", value = "no-controller")
    @Singleton
    static class NoController {
        @WebhookEndpoint("formflow")
        void handle(FormFlowEvent event) {}
    }

    @Requires(property = "spec", value = "no-controller-class")
    @Singleton
    @WebhookEndpoint("formflow")
    static class NoControllerClass {}

    @WebhookEndpoint("formflow")
    @Retention(RetentionPolicy.RUNTIME)
    @interface NotInherited {}

    interface UnseenMethod {
        @NotInherited
        String handle(String body);
    }

    @Requires(property = "spec", value = "unseen-method")
    @Controller
    static class UnseenMethodController implements UnseenMethod {
        @Post("/hook")
        @Override
        public String handle(@Body String body) {
            return "unverified";
        }
    }

    @NotInherited
    static class UnseenClass {}

    @Requires(property = "spec", value = "unseen-class")
    @Controller
    static class UnseenClassController extends UnseenClass {
        @Post("/hook")
        String handle(@Body String body) {
            return "unverified";
        }
    }
}
