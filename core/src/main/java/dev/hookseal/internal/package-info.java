/** Not for users: may change at any time. */
@NullMarked
package dev.hookseal.internal;

import org.jspecify.annotations.NullMarked;
