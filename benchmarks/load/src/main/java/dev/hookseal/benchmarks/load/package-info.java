/**
 * Applications in their own process, under load over HTTP on 127.0.0.1.
 * {@link dev.hookseal.benchmarks.load.SlowSendersRun} holds the examples against slow senders and writes the table of
 * docs/security.md.
 */
@NullMarked
package dev.hookseal.benchmarks.load;

import org.jspecify.annotations.NullMarked;
