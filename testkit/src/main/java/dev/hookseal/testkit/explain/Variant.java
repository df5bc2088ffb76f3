package dev.hookseal.testkit.explain;

/**
 * One thing to try: with these bytes in the place of those that were given, does the signature hold?
 *
 * @param cause what it would prove
 * @param detail what to say of it besides
 */
record Variant(Cause cause, String detail, byte[] bytes) {}
