package dev.hookseal.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An endpoint has one handler for an event. */
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
