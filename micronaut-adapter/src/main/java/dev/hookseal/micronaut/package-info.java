/**
 * Webhooks in Micronaut on Netty: put {@link dev.hookseal.WebhookEndpoint} on a controller method and configure
 * {@code hookseal.endpoints}. In reading order: the filter shows core each request of an annotated route and answers for
 * it, a binder hands the verified event to the method, the configuration makes the endpoints, and the start-up check
 * finds what is wrong before the first request. Nothing here is called by an application.
 */
@NullMarked
package dev.hookseal.micronaut;

import org.jspecify.annotations.NullMarked;
