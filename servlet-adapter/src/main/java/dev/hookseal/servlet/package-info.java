/**
 * Webhooks in a servlet container. A {@link dev.hookseal.servlet.WebhookFilter} verifies what arrives at a servlet's
 * URL. For a framework on top of servlets, a {@link dev.hookseal.servlet.BodyCachingFilter} keeps the body within reach and
 * the framework's own interceptor asks the {@link dev.hookseal.servlet.WebhookExchange} to decide.
 */
@NullMarked
package dev.hookseal.servlet;

import org.jspecify.annotations.NullMarked;
