/** Webhooks in Micronaut. */
@NullMarked
package dev.hookseal.micronaut;

import org.jspecify.annotations.NullMarked;
