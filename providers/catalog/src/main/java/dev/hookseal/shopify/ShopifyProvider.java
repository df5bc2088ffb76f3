package dev.hookseal.shopify;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.PayloadMembers;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.UnsignedDeliveryId;
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
import java.util.stream.Stream;

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
    private static final String WEBHOOK_ID = "X-Shopify-Webhook-Id";
    private static final String EVENT_ID = "X-Shopify-Event-Id";

    // Shopify documents no bound, and speaks of very large payloads
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public Class<ShopifyEvent> eventClass() {
        return ShopifyEvent.class;
    }

    /** Returns 4 MiB. */
    @Override
    public int defaultMaxBodyBytes() {
        return MAX_BODY_BYTES;
    }

    /** Returns 5 seconds. */
    @Override
    public Optional<Duration> answerDeadline() {
        return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public List<Setting<?>> settings() {
        return Stream.concat(UnsignedDeliveryId.settings().stream(), Stream.of(EndpointSettings.REPEAT_WINDOW))
                .toList();
    }

    @Override
    public Set<String> unsignedHeaders(EndpointSettings settings) {
        return Set.of(
                TOPIC,
                SHOP,
                WEBHOOK_ID,
                EVENT_ID,
                "X-Shopify-API-Version",
                "X-Shopify-Triggered-At",
                "X-Shopify-Name",
                "X-Shopify-Sub-Topic",
                "X-Shopify-Test");
    }

    /**
     * Returns how Shopify signs.
     *
     * @throws WebhookConfigurationException if {@code id-retention} is set and no id counts
     */
    @Override
    public SignatureScheme scheme(EndpointSettings settings) {
        UnsignedDeliveryId.check(settings);
        return SignatureScheme.of(SIGNATURE, request -> SignedMessage.of(request.body()));
    }

    @Override
    public ReadEvent<ShopifyEvent> read(SignedContent content, EndpointSettings settings)
            throws WebhookRejectedException {
        String topic = content.unsignedHeader(TOPIC);
        String webhookId = content.unsignedHeader(WEBHOOK_ID);
        ShopifyEvent event = new ShopifyPayload(
                topic == null ? "" : topic,
                content.unsignedHeader(SHOP),
                webhookId,
                content.unsignedHeader(EVENT_ID),
                PayloadMembers.of(content).json());
        return ReadEvent.of(event, event.unsignedTopic())
                .withDeliveryId(UnsignedDeliveryId.ifItCounts(webhookId, settings));
    }
}
