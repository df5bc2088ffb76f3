package dev.hookseal.shopify;

import dev.hookseal.JsonData;
import org.jspecify.annotations.Nullable;

record ShopifyPayload(
        String unsignedTopic,
        @Nullable String unsignedShop,
        @Nullable String unsignedWebhookId,
        @Nullable String unsignedEventId,
        JsonData toJson)
        implements ShopifyEvent {}
