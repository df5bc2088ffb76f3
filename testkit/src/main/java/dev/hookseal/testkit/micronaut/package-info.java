/**
 * Deliveries for Micronaut's HTTP client: {@link dev.hookseal.testkit.micronaut.WebhookRequests}. It needs micronaut-http,
 * of Micronaut 4.10 or 5, and nothing else does.
 */
@NullMarked
package dev.hookseal.testkit.micronaut;

import org.jspecify.annotations.NullMarked;
