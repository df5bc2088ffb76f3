/**
 * For those who write an adapter: {@link dev.hookseal.adapter.EndpointProperties} are an endpoint's configured values as
 * a framework binds them, {@link dev.hookseal.adapter.ConfiguredEndpoints} makes receivers of them and checks what is
 * wrong, and a {@link dev.hookseal.adapter.WebhookRoute} is what an annotated handler comes to.
 */
@NullMarked
package dev.hookseal.adapter;

import org.jspecify.annotations.NullMarked;
