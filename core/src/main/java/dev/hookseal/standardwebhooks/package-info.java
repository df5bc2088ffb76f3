/**
 * Standard Webhooks: {@link dev.hookseal.standardwebhooks.StandardWebhooksEvent} is what a handler gets;
 * {@link dev.hookseal.standardwebhooks.StandardWebhooksProvider} says how it is signed.
 */
@NullMarked
package dev.hookseal.standardwebhooks;

import org.jspecify.annotations.NullMarked;
