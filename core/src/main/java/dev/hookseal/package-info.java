/** What a user meets first. */
@NullMarked
package dev.hookseal;

import org.jspecify.annotations.NullMarked;
