/** Calls of a database that end in time, and the check of a table at the start. Not for users. */
@NullMarked
package dev.hookseal.jdbc.internal;

import org.jspecify.annotations.NullMarked;
