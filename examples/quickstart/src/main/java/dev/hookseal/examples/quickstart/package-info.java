/**
 * Shows what Hookseal does: {@link dev.hookseal.examples.quickstart.Quickstart} starts an example application, sends it
 * genuine and forged deliveries, and prints their outcomes.
 */
@NullMarked
package dev.hookseal.examples.quickstart;

import org.jspecify.annotations.NullMarked;
