package dev.hookseal.examples.providers;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.stripe.StripeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StripeWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(StripeWebhooks.class);

    @WebhookEndpoint("stripe")
    @PostMapping("/webhooks/stripe")
    void received(StripeEvent event) {
        LOG.info("Stripe: {} of {}", event.type(), event.created());
    }
}
