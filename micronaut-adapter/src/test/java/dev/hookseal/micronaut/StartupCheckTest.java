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
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong fails the start, and the message names what to mend. */
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
        "hookseal.endpoints.formflow.provider, acme, There is no webhook provider acme",
        "hookseal.endpoints.formflow.replay-window, soon, hookseal.endpoints.formflow.replay-window",
        "hookseal.endpoints.formflow.max-body-size, large, hookseal.endpoints.formflow.max-body-size",
        "hookseal.endpoints.formflow.max-body-size, 0, hookseal.endpoints.formflow.max-body-size",
        "hookseal.endpoints.formflow.lease, 0s, lease",
        "hookseal.endpoints.formflow.repeat-window, 5m, hookseal.endpoints.formflow.repeat-window has no meaning",
        "hookseal.store.max-deliveries, many, hookseal.store.max-deliveries",
        "hookseal.store.max-deliveries, 0, maxDeliveries must be at least 1",
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
        "no-such-event, NoSuchEvent.handle asks in its @WebhookEndpoint for an event that it cannot get. formflow does not send the event \"extractd\"",
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
        "hookseal.endpoints.formflow.tolerence, below hookseal.endpoints.formflow there are secrets and [lease, max-body-",
        "hookseal.endpoints.formflow.secret.extracted, below hookseal.endpoints.formflow there are secrets",
        "hookseal.endpoint.formflow.secret, there are hookseal.endpoints and hookseal.store.max-deliveries",
        "hookseal.store.max-delivery, there are hookseal.endpoints and hookseal.store.max-deliveries",
    })
    void failsForAPropertyThatIsMisspelt(String property, String message) {
        assertThat(messageOfTheStart("fine", Map.of(property, "5m")))
                .contains(property + " is set, and is no property: " + message);
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
