/**
 * Square: {@link dev.hookseal.square.SquareEvent} is what a handler gets; {@link dev.hookseal.square.SquareProvider} says how it
 * is signed.
 */
@NullMarked
package dev.hookseal.square;

import org.jspecify.annotations.NullMarked;
