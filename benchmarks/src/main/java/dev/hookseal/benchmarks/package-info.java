/** How fast, beside the peers. */
@NullMarked
package dev.hookseal.benchmarks;

import org.jspecify.annotations.NullMarked;
