/** Not for users: what the kits of this module share. It may change at any time. */
@NullMarked
package dev.hookseal.providers.internal;

import org.jspecify.annotations.NullMarked;
