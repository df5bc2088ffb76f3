package dev.hookseal.diagnostics;

/**
 * The cause that was found.
 *
 * @param detail what to say of it besides; may be empty
 */
record Finding(Cause cause, String detail) {}
