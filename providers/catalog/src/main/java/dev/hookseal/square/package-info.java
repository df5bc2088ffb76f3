/** Square: {@link dev.hookseal.square.SquareProvider} says how it signs. */
@NullMarked
package dev.hookseal.square;

import org.jspecify.annotations.NullMarked;
