package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An endpoint has one handler or listener for an event. */
class HandlersByEventTest {
    private final HandlersByEvent handlers = new HandlersByEvent();

    @Test
    void rejectsASecondHandlerOfEveryEvent() {
        handlers.add(route("formflow"), "Orders.first");

        assertThatThrownBy(() -> handlers.add(route("formflow"), "Orders.second"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("Orders.first and Orders.second are both handlers of endpoint formflow")
                .hasMessageContaining("every event")
                .hasMessageContaining("two endpoints with the same provider")
                .hasMessageContaining("hookseal.endpoints.formflow-2.provider=formflow");
    }

    @Test
    void rejectsASecondHandlerOfOneEvent() {
        handlers.add(route("formflow", "extracted", "export"), "Orders.first");

        assertThatThrownBy(() -> handlers.add(route("formflow", "export", "error-export"), "Orders.second"))
                .hasMessageContaining("for event export,");
        assertThatThrownBy(() -> handlers.add(route("formflow"), "Orders.second"))
                .hasMessageContaining("for the events [export, extracted],");
    }

    @Test
    void takesHandlersOfOtherEventsAndOtherEndpoints() {
        handlers.add(route("formflow", "extracted"), "Orders.first");

        assertThatCode(() -> {
                    handlers.add(route("formflow", "export"), "Orders.second");
                    handlers.add(route("other", "extracted"), "Orders.third");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void takesOneHandlerAtTwoPaths() {
        handlers.add(route("formflow"), "Orders.first");

        assertThatCode(() -> handlers.add(route("formflow"), "Orders.first")).doesNotThrowAnyException();
    }

    @Test
    void takesAControllerForTheEventsThatNoListenerTakes() {
        handlers.addListener(route("formflow", "extracted"), "Orders.extracted");
        handlers.add(route("formflow"), "OrderController.others");

        assertThatCode(() -> handlers.check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void rejectsAnEventThatAListenerAndAControllerTake() {
        handlers.addListener(route("formflow", "extracted"), "Orders.extracted");

        assertThatThrownBy(() -> handlers.add(route("formflow", "extracted", "export"), "OrderController.both"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage(
                        "Orders.extracted and OrderController.both of endpoint formflow both take event extracted, and"
                                + " a delivery goes to one listener or one controller: let each name its own events, or call"
                                + " both pieces of work from one listener");
    }

    @Test
    void rejectsAControllerThatCouldNeverRun() {
        handlers.add(route("formflow", "export"), "OrderController.export");

        assertThatThrownBy(() -> handlers.addListener(route("formflow"), "Orders.all"))
                .hasMessageContaining(
                        "OrderController.export and Orders.all of endpoint formflow both take event export");
    }

    @Test
    void rejectsTwoListenersOfAnEvent() {
        handlers.addListener(route("formflow"), "Orders.first");

        assertThatThrownBy(() -> handlers.addListener(route("formflow"), "Orders.second"))
                .hasMessageContaining("both take every event");
    }

    @Test
    void rejectsListenersWhoseDeliveriesArriveNowhere() {
        handlers.addListener(route("formflow"), "Orders.all");

        assertThatThrownBy(() -> handlers.check(Map.of()))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage("Endpoint formflow has the listener Orders.all, and nothing receives its deliveries: set"
                        + " hookseal.endpoints.formflow.path to where they arrive, such as /webhooks/formflow");
        assertThatCode(() -> handlers.check(Map.of("formflow", "/hooks"))).doesNotThrowAnyException();
    }

    @Test
    void rejectsAPathWithoutAListenerOrBesideAController() {
        assertThatThrownBy(() -> handlers.check(Map.of("formflow", "/hooks")))
                .hasMessageContaining("hookseal.endpoints.formflow.path is /hooks, and the endpoint has no listener");

        handlers.addListener(route("formflow", "extracted"), "Orders.extracted");
        handlers.add(route("formflow", "export"), "OrderController.export");
        assertThatThrownBy(() -> handlers.check(Map.of("formflow", "/hooks")))
                .hasMessageContaining("hookseal.endpoints.formflow.path is set, and OrderController.export receives");
    }

    private static EndpointBinding<?> route(String endpoint, String... events) {
        return new EndpointBinding<>(
                WebhookReceiver.of(
                        new FormFlowProvider(),
                        EndpointSettings.builder(endpoint)
                                .secret(SigningSecret.ofUtf8("s"))
                                .build()),
                Set.of(events));
    }
}
