package dev.hookseal.config;

import static dev.hookseal.fixture.Deliveries.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.HubProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.receive.Decision;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ids by a function of the application, at endpoints of a provider whose own id is not signed. */
class EndpointDeliveryIdTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final MovedClock clock = new MovedClock(NOW);
    private final EndpointRegistry registry = registry(byId("hub-eu"), byId("hub-us"));

    private static EndpointDeliveryId<CustomEvent> byId(String endpoint) {
        return of(endpoint, webhook -> webhook.event().toJson().text("/id").orElse(null));
    }

    private static EndpointDeliveryId<CustomEvent> of(
            String endpoint, Function<VerifiedWebhook<CustomEvent>, @Nullable String> id) {
        return new EndpointDeliveryId<>(endpoint, CustomEvent.class, DAY, id);
    }

    private EndpointRegistry registry(EndpointDeliveryId<?>... ids) {
        EndpointProperties hub = EndpointProperties.of(Map.of("provider", "hub", "secret", "s"));
        return EndpointRegistry.builder(Map.of("hub-eu", hub, "hub-us", hub))
                .providers(List.of(new HubProvider()))
                .deliveryIds(List.of(ids))
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .build();
    }

    private static boolean isHandled(EndpointRegistry registry, String endpoint, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        CustomKits.hub()
                .sign(
                        new UnsignedDelivery("POST", "https://example.com/hub", "order.paid", "1", NOW, bytes),
                        SigningSecret.ofUtf8("s"))
                .forEach((name, value) -> headers.put(name, List.of(value)));
        Decision<?> decision = Objects.requireNonNull(registry.receivers().get(endpoint))
                .receive(WebhookRequest.of("POST", headers, bytes));
        if (decision instanceof Decision.Admitted<?> admitted) {
            admitted.delivery().answered(200);
            return true;
        }
        assertThat(((Decision.Answered<?>) decision).response().status()).isEqualTo(200);
        return false;
    }

    @Test
    void takesASecondDeliveryOfTheSameIdAsADuplicate() {
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"1\",\"n\":1}")).isTrue();
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"1\",\"n\":2}")).isFalse();
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"2\"}")).isTrue();
    }

    @Test
    void remembersAnIdForItsRetention() {
        isHandled(registry, "hub-eu", "{\"id\":\"1\"}");
        clock.advance(DAY.minusSeconds(1));
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"1\"}")).isFalse();

        clock.advance(Duration.ofSeconds(2));
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"1\"}")).isTrue();
    }

    @Test
    void keepsTheIdsOfEndpointsApart() {
        assertThat(isHandled(registry, "hub-eu", "{\"id\":\"1\"}")).isTrue();
        assertThat(isHandled(registry, "hub-us", "{\"id\":\"1\"}")).isTrue();
    }

    @Test
    void handlesEachDeliveryWithoutAnId() {
        assertThat(isHandled(registry, "hub-eu", "{}")).isTrue();
        assertThat(isHandled(registry, "hub-eu", "{}")).isTrue();
    }

    @Test
    void leavesAnEndpointWithoutAFunctionAsItIs() {
        EndpointRegistry euOnly = registry(byId("hub-eu"));

        assertThat(isHandled(euOnly, "hub-us", "{\"id\":\"1\"}")).isTrue();
        assertThat(isHandled(euOnly, "hub-us", "{\"id\":\"1\"}")).isTrue();
    }

    @Test
    void takesEverySpellingOfAnEndpoint() {
        EndpointRegistry spelledOtherwise = registry(byId("hubEu"));

        assertThat(isHandled(spelledOtherwise, "hub-eu", "{\"id\":\"1\"}")).isTrue();
        assertThat(isHandled(spelledOtherwise, "hub-eu", "{\"id\":\"1\"}")).isFalse();
    }

    @Test
    void rejectsAnEndpointThatIsNotConfigured() {
        assertThatThrownBy(() -> registry(byId("hub")))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessage("There is an EndpointDeliveryId for endpoint hub, which is not configured: use one of"
                        + " [hub-eu, hub-us]");
    }

    @Test
    void rejectsEventsOfAnotherClass() {
        assertThatThrownBy(() -> registry(
                        new EndpointDeliveryId<>("hub-eu", FormFlowEvent.class, DAY, webhook -> webhook.eventName())))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining(
                        "The EndpointDeliveryId of endpoint hub-eu is for dev.hookseal.formflow.FormFlowEvent, and its"
                                + " provider's events are dev.hookseal.fixture.provider.CustomEvent");
    }

    @Test
    void rejectsTwoForOneEndpoint() {
        assertThatThrownBy(() -> registry(byId("hub-eu"), byId("hubEu")))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("There are two EndpointDeliveryIds for endpoint hubEu");
    }
}
