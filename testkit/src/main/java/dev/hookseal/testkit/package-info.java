/** Fake events, signed just as the provider signs them. */
@NullMarked
package dev.hookseal.testkit;

import org.jspecify.annotations.NullMarked;
