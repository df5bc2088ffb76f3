/**
 * Applications in their own process, under load over HTTP on 127.0.0.1.
 * {@link dev.hookseal.benchmarks.load.SlowSendersRun} holds the examples against slow senders and writes the table of
 * docs/security.md. {@link dev.hookseal.benchmarks.load.FrameworksRun} compares a verified endpoint with the
 * frameworks' own, those in {@link dev.hookseal.benchmarks.frameworks}, and writes a table of docs/performance.md.
 */
@NullMarked
package dev.hookseal.benchmarks.load;

import org.jspecify.annotations.NullMarked;
