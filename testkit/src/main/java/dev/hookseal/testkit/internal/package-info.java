/** JSON as text, for the events of the packages beside this one. Not for users: may change at any time. */
@NullMarked
package dev.hookseal.testkit.internal;

import org.jspecify.annotations.NullMarked;
