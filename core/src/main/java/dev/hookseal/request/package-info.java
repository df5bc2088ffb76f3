/**
 * An HTTP request as an adapter shows it to core, and its answer: {@link dev.hookseal.request.WebhookRequest},
 * {@link dev.hookseal.request.WebhookResponse}, and the {@link dev.hookseal.request.RejectionReason}s. An adapter reads
 * a body through {@link dev.hookseal.request.BodyLimits}, which bound its size, its time and, with a
 * {@link dev.hookseal.request.BodyBudget}, the memory of all bodies that are arriving.
 */
@NullMarked
package dev.hookseal.request;

import org.jspecify.annotations.NullMarked;
