package dev.hookseal.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.Delivered;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.UnsignedDeliveryId;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyProviderTest {
    private static final ShopifyKit KIT = new ShopifyKit();
    private static final ShopifyProvider PROVIDER = new ShopifyProvider();
    private static final Consumer<EndpointSettings.Builder> UNSIGNED_ID =
            settings -> settings.set(UnsignedDeliveryId.SETTING, true);
    private static final String BODY =
            "{\"id\":820982911946154508,\"name\":\"#9999\",\"note\":\"\u2028 \ud83d\ude00\"}";

    private static Delivered delivered() {
        return Delivered.by(KIT, "orders/create", BODY);
    }

    @Test
    void readsTheHeadersThatAreNotSigned() throws Exception {
        VerifiedWebhook<ShopifyEvent> webhook = delivered().verified(PROVIDER);
        ShopifyEvent event = webhook.event();

        assertThat(event.unsignedTopic()).isEqualTo("orders/create").isEqualTo(webhook.eventName());
        assertThat(event.unsignedShop()).isEqualTo("example.myshopify.com");
        assertThat(event.unsignedWebhookId()).isEqualTo("d-1");
        assertThat(event.unsignedEventId()).isEqualTo(delivered().header("X-Shopify-Event-Id"));
        assertThat(event.toJson().json()).isEqualTo(BODY);
        assertThat(webhook.unsignedHeaders())
                .containsEntry("x-shopify-triggered-at", List.of(Delivered.NOW.toString()))
                .containsEntry("x-shopify-api-version", List.of("2026-04"));
    }

    @Test
    void acceptsTheSameBodyUnderAnotherTopicAndShopSinceNeitherIsSigned() throws Exception {
        ShopifyEvent event = delivered()
                .with("X-Shopify-Topic", "orders/paid")
                .with("X-Shopify-Shop-Domain", "other.myshopify.com")
                .verified(PROVIDER)
                .event();

        assertThat(event.unsignedTopic()).isEqualTo("orders/paid");
        assertThat(event.unsignedShop()).isEqualTo("other.myshopify.com");
    }

    @Test
    void readsADeliveryWithTheSignatureAlone() throws Exception {
        Delivered bare = delivered();
        for (String header : List.of("Topic", "Shop-Domain", "Webhook-Id", "Event-Id")) {
            bare.without("X-Shopify-" + header);
        }
        ShopifyEvent event = bare.verified(PROVIDER).event();

        assertThat(event.unsignedTopic()).isEmpty();
        assertThat(event.unsignedShop()).isNull();
        assertThat(event.unsignedWebhookId()).isNull();
        assertThat(event.unsignedEventId()).isNull();
    }

    record Order(long id, String name) {}

    @Test
    void bindsToAClassOfTheCaller() throws Exception {
        assertThat(delivered().verified(PROVIDER).event().as(Order.class))
                .isEqualTo(new Order(820982911946154508L, "#9999"));
    }

    @ParameterizedTest
    @CsvSource({"<order/>, PAYLOAD_MALFORMED", "'', PAYLOAD_MALFORMED", "[], PAYLOAD_UNEXPECTED"})
    void rejectsABodyThatIsNotAJsonObject(String body, RejectionReason reason) {
        assertThatThrownBy(() -> Delivered.by(KIT, "orders/create", body).verified(PROVIDER))
                .isInstanceOfSatisfying(
                        WebhookRejectedException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }

    @Test
    void makesNoKeyOfAnUnsignedId() throws Exception {
        assertThat(delivered().verified(PROVIDER).deliveryKey()).isNull();
    }

    @Test
    void makesAKeyOfTheUnsignedIdIfTheEndpointSaysSo() throws Exception {
        assertThat(delivered().verified(PROVIDER, UNSIGNED_ID).deliveryKey().value())
                .isEqualTo("orders:d-1");
        assertThat(delivered()
                        .without("X-Shopify-Webhook-Id")
                        .verified(PROVIDER, UNSIGNED_ID)
                        .deliveryKey())
                .isNull();
        assertThat(delivered()
                        .verified(
                                PROVIDER,
                                UNSIGNED_ID.andThen(
                                        settings -> settings.set(EndpointSettings.ID_RETENTION, Duration.ofHours(5))))
                        .deliveryKey()
                        .retention())
                .isEqualTo(Duration.ofHours(5));
    }

    @Test
    void rejectsARetentionOfNoId() {
        assertThatThrownBy(() -> delivered()
                        .verified(
                                PROVIDER, settings -> settings.set(EndpointSettings.ID_RETENTION, Duration.ofHours(5))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.orders.id-retention is set, and the sender signs no id")
                .hasMessageContaining("hookseal.endpoints.orders.unsigned-delivery-id to true");
    }

    @Test
    void recognisesTheSameSignedBodyIfTheEndpointHasARepeatWindow() throws Exception {
        Consumer<EndpointSettings.Builder> window = settings -> settings.repeatWindow(Duration.ofHours(5));

        assertThat(delivered()
                        .with("X-Shopify-Webhook-Id", "another")
                        .verified(PROVIDER, window)
                        .deliveryKey())
                .isNotNull()
                .isEqualTo(delivered().verified(PROVIDER, window).deliveryKey());
    }

    @Test
    void hasTheLimitsThatItDocuments() {
        assertThat(PROVIDER.defaultMaxBodyBytes()).isEqualTo(4_194_304);
        assertThat(PROVIDER.answerDeadline()).contains(Duration.ofSeconds(5));
    }

    @Test
    void suspectsNothing() {
        assertThat(Delivered.proved(KIT, delivered().request("{}".getBytes(UTF_8)), Delivered.SECRET))
                .isEmpty();
    }
}
