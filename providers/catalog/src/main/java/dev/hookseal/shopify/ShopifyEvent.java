package dev.hookseal.shopify;

import dev.hookseal.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of Shopify. <strong>Its topic, its shop, its ids and its time are not signed</strong>: only the body is, so that
 * anyone who has a genuine delivery can send it again under another topic or for another shop.
 *
 * <p>The body is the resource itself, such as an order: {@link #toJson()} has it, and {@link #as} binds it to a class. Two
 * events are equal if their headers and the text of their bodies are.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface ShopifyEvent extends WebhookEvent permits ShopifyPayload {

    /** Returns the topic, {@code X-Shopify-Topic}, which <strong>anyone can have written</strong>; empty without one. */
    String unsignedTopic();

    /**
     * Returns the domain of the shop, {@code X-Shopify-Shop-Domain}, which <strong>anyone can have written</strong>; null
     * without one.
     */
    @Nullable
    String unsignedShop();

    /**
     * Returns the id of the delivery, {@code X-Shopify-Webhook-Id}, which <strong>anyone can have written</strong>; null
     * without one.
     */
    @Nullable
    String unsignedWebhookId();

    /**
     * Returns the id that all deliveries of one action of a merchant have, {@code X-Shopify-Event-Id}, which <strong>anyone
     * can have written</strong>; null without one.
     */
    @Nullable
    String unsignedEventId();
}
