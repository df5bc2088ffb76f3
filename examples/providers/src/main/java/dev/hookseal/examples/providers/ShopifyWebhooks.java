package dev.hookseal.examples.providers;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.shopify.ShopifyEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShopifyWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(ShopifyWebhooks.class);

    record Order(long id, String name) {}

    @WebhookEndpoint(value = "shopify", events = "orders/create")
    @PostMapping("/webhooks/shopify")
    void created(ShopifyEvent event) {
        LOG.info("Shopify: order {}", event.as(Order.class).name());
    }
}
