package dev.hookseal.shopify;

import dev.hookseal.KitRules;
import java.util.Set;

class ShopifyKitTest extends KitRules {
    ShopifyKitTest() {
        super(new ShopifyKit(), Set.of());
    }
}
