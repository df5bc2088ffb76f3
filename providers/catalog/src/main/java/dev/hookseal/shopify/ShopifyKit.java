package dev.hookseal.shopify;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.signature.HmacSha256;
import dev.hookseal.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sends as Shopify does. The sample of {@code products/update} is that of its page "Delivery structure"; the others have members
 * that its pages document for the topic.
 *
 * @since 0.1.0
 */
public final class ShopifyKit implements ProviderKit {
    @Override
    public WebhookProvider<ShopifyEvent> provider() {
        return new ShopifyProvider();
    }

    @Override
    public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (!delivery.eventName().isEmpty()) {
            headers.put("X-Shopify-Topic", delivery.eventName());
        }
        headers.put("X-Shopify-Shop-Domain", "example.myshopify.com");
        headers.put("X-Shopify-API-Version", "2026-04");
        headers.put("X-Shopify-Webhook-Id", delivery.id());
        headers.put("X-Shopify-Event-Id", eventId(delivery.id()));
        headers.put("X-Shopify-Triggered-At", delivery.time().toString());
        headers.put(
                "X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(HmacSha256.sign(secret, delivery.body())));
        return headers;
    }

    // another id than the delivery's, and the same one for the same delivery
    private static String eventId(String deliveryId) {
        return UUID.nameUUIDFromBytes(("event of " + deliveryId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public List<SampleEvent> samples() {
        return List.of(
                new SampleEvent(
                        "products/update",
                        "{\"id\":9554194432293,\"title\":\"T-Shirt\",\"status\":\"active\",\"vendor\":\"My Store\","
                                + "\"product_type\":\"Shirts\",\"updated_at\":\"2025-04-22T14:30:00-05:00\","
                                + "\"variants\":[{\"id\":123456789,\"title\":\"Default Title\",\"price\":\"29.99\","
                                + "\"sku\":\"TSHIRT-001\",\"taxable\":true,"
                                + "\"updated_at\":\"2025-04-22T14:30:00-05:00\"}],\"tags\":\"cotton, comfortable\"}"),
                new SampleEvent(
                        "orders/create",
                        "{\"id\":820982911946154508,\"admin_graphql_api_id\":\"gid://shopify/Order/820982911946154508\","
                                + "\"created_at\":\"2021-12-31T19:00:00-05:00\",\"currency\":\"USD\","
                                + "\"email\":\"jon@example.com\",\"name\":\"#9999\",\"total_price\":\"388.00\","
                                + "\"updated_at\":\"2021-12-31T19:00:00-05:00\",\"line_items\":[]}"),
                new SampleEvent(
                        "app/uninstalled",
                        "{\"id\":548380009,\"name\":\"Super Toys\",\"email\":\"super@supertoys.com\","
                                + "\"domain\":null,\"myshopify_domain\":null}"));
    }
}
