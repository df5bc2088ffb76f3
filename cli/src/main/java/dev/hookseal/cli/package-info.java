/**
 * The command {@code hookseal}. {@link dev.hookseal.cli.Hookseal} is its entry; each subcommand is a class that ends in
 * {@code Command}, what several of them take is one that ends in {@code Options}. What decides is in the core, in the
 * testkit and in diagnostics.
 */
@NullMarked
package dev.hookseal.cli;

import org.jspecify.annotations.NullMarked;
