/** A webhook endpoint in Micronaut. */
@NullMarked
package dev.hookseal.examples.micronaut;

import org.jspecify.annotations.NullMarked;
