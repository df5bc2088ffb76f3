/**
 * For authors of providers: a {@link dev.hookseal.provider.WebhookProvider} describes a service that sends webhooks, and
 * its {@link dev.hookseal.provider.WebhookVerifier} verifies the deliveries of one endpoint with that endpoint's
 * {@link dev.hookseal.provider.EndpointSettings}.
 */
@NullMarked
package dev.hookseal.provider;

import org.jspecify.annotations.NullMarked;
