package dev.hookseal.shopify;

import dev.hookseal.WebhookEvent;

/**
 * A delivery of Shopify. <strong>Its topic, its shop and its ids are not signed</strong>: only the body is.
 *
 * <p>Sealed, so that a web framework cannot make one from request parameters; in tests, the testkit does.
 *
 * @since 0.1.0
 */
public sealed interface ShopifyEvent extends WebhookEvent permits ShopifyPayload {

    /** Returns the topic of {@code X-Shopify-Topic}, which anyone can have written; empty without one. */
    String unsignedTopic();

    /** Returns the domain of {@code X-Shopify-Shop-Domain}, which anyone can have written; empty without one. */
    String unsignedShop();
}
