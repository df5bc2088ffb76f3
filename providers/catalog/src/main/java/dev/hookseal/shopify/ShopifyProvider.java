package dev.hookseal.shopify;

import dev.hookseal.JsonData;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SignedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shopify, after its page "Verify deliveries": {@code X-Shopify-Hmac-Sha256} is the padded base64 HMAC-SHA256 of the body. Topic,
 * shop, ids and time are in headers that are not signed.
 *
 * @since 0.1.0
 */
public final class ShopifyProvider implements WebhookProvider<ShopifyEvent> {
    private static final SignatureHeader SIGNATURE = SignatureHeader.base64("X-Shopify-Hmac-Sha256");
    private static final String TOPIC = "X-Shopify-Topic";
    private static final String SHOP = "X-Shopify-Shop-Domain";

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(
                TOPIC,
                SHOP,
                "X-Shopify-API-Version",
                "X-Shopify-Webhook-Id",
                "X-Shopify-Event-Id",
                "X-Shopify-Triggered-At");
    }

    /** Returns 5 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
    }

    @Override
    public ReadEvent<ShopifyEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        String topic = one(content, TOPIC);
        ShopifyEvent event = new ShopifyPayload(topic, one(content, SHOP), JsonData.of(content));
        return ReadEvent.of(event, topic);
    }

    private static String one(SignedContent content, String header) {
        List<String> values = content.unsignedHeaders().getOrDefault(header, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public Class<ShopifyEvent> eventClass() {
        return ShopifyEvent.class;
    }
}
