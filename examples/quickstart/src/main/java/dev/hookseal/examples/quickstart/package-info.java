/** A first look, without any account at a provider. */
@NullMarked
package dev.hookseal.examples.quickstart;

import org.jspecify.annotations.NullMarked;
