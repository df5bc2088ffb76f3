/**
 * For authors of adapters, and for applications without a framework: a {@link dev.hookseal.receive.WebhookReceiver}
 * verifies a request and claims its delivery. Its {@link dev.hookseal.receive.Decision} tells the adapter to run the
 * handler or to answer.
 */
@NullMarked
package dev.hookseal.receive;

import org.jspecify.annotations.NullMarked;
