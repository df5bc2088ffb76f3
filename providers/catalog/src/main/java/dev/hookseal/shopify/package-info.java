/** Shopify: {@link dev.hookseal.shopify.ShopifyProvider} says how it signs. */
@NullMarked
package dev.hookseal.shopify;

import org.jspecify.annotations.NullMarked;
