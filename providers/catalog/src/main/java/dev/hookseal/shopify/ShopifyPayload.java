package dev.hookseal.shopify;

import dev.hookseal.JsonData;

record ShopifyPayload(String unsignedTopic, String unsignedShop, JsonData toJson) implements ShopifyEvent {}
