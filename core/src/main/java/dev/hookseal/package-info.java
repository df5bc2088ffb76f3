/**
 * The types that a handler uses: {@link dev.hookseal.WebhookEndpoint} marks a controller method that handles
 * deliveries, and {@link dev.hookseal.VerifiedWebhook} is a delivery whose signature is valid.
 * {@link dev.hookseal.JsonData} is a payload's free-form part.
 */
@NullMarked
package dev.hookseal;

import org.jspecify.annotations.NullMarked;
