package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.config.EndpointDeliveryId;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.HubProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.testkit.FakeEvent;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bean identifies the deliveries of an endpoint. */
class DeliveryIdBeanTest {

    @Requires(property = "spec", value = "delivery-id")
    @Controller
    static class Hooks {
        private final Seen seen;

        Hooks(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("hub")
        @Post("/hub")
        void received(CustomEvent event) {
            seen.add(event.toJson().text("/id").orElseThrow());
        }
    }

    @Factory
    @Requires(property = "spec", value = "delivery-id")
    static class Ids {
        @Singleton
        @Requires(property = "ids", value = "of-hub")
        EndpointDeliveryId<CustomEvent> ofHub() {
            return new EndpointDeliveryId<>(
                    "hub",
                    CustomEvent.class,
                    Duration.ofDays(1),
                    webhook -> webhook.event().toJson().text("/id").orElse(null));
        }

        @Singleton
        @Requires(property = "ids", value = "of-an-unknown-endpoint")
        EndpointDeliveryId<CustomEvent> ofAnUnknownEndpoint() {
            return new EndpointDeliveryId<>("hubs", CustomEvent.class, Duration.ofDays(1), webhook -> "1");
        }

        @Singleton
        @Requires(property = "ids", value = "of-other-events")
        EndpointDeliveryId<FormFlowEvent> ofOtherEvents() {
            return new EndpointDeliveryId<>("hub", FormFlowEvent.class, Duration.ofDays(1), webhook -> "1");
        }
    }

    private static Server start(String ids) {
        return Server.start("delivery-id", Map.of("hookseal.endpoints.hub.secret", "s", "ids", ids), new HubProvider());
    }

    private static void send(Server server, String id) throws Exception {
        assertThat(server.send(FakeEvent.sample(CustomKits.hub(), "order.paid")
                                .withId(id)
                                .signedWith("s")
                                .toHttpRequest(server.uri("/hub")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSecondDeliveryOfAnIdIsADuplicate() throws Exception {
        try (Server server = start("of-hub")) {
            send(server, "a");
            send(server, "a");
            send(server, "b");

            assertThat(server.seen()).containsExactly("a", "b");
        }
    }

    @Test
    void withoutABeanEachDeliveryIsHandled() throws Exception {
        try (Server server = start("none")) {
            send(server, "a");
            send(server, "a");

            assertThat(server.seen()).containsExactly("a", "a");
        }
    }

    @Test
    void aBeanForAnUnknownEndpointFailsTheStart() {
        assertThatThrownBy(() -> start("of-an-unknown-endpoint"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("There is an EndpointDeliveryId for endpoint hubs, which is not configured: use")
                .hasMessageContaining("hub");
    }

    @Test
    void aBeanForEventsOfAnotherProviderFailsTheStart() {
        assertThatThrownBy(() -> start("of-other-events"))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContainingAll(
                        "The EndpointDeliveryId of endpoint hub is for dev.hookseal.formflow.FormFlowEvent",
                        "its provider's events are dev.hookseal.fixture.provider.CustomEvent");
    }
}
