/**
 * What receives webhooks. In reading order: {@link dev.hookseal.WebhookEndpoint} marks a controller method that handles
 * them, and {@link dev.hookseal.VerifiedWebhook} is what it may be given; {@link dev.hookseal.WebhookProvider} is a
 * service that sends them, {@link dev.hookseal.EndpointSettings} how one endpoint verifies;
 * {@link dev.hookseal.WebhookReceiver} takes a {@link dev.hookseal.WebhookRequest} and decides, and its
 * {@link dev.hookseal.Reception} tells an adapter what to do.
 */
@NullMarked
package dev.hookseal;

import org.jspecify.annotations.NullMarked;
