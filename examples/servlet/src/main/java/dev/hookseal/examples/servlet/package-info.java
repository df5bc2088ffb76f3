/**
 * Webhooks without a framework: {@link dev.hookseal.examples.servlet.ServletExample} puts a filter before a servlet for
 * each provider.
 */
@NullMarked
package dev.hookseal.examples.servlet;

import org.jspecify.annotations.NullMarked;
