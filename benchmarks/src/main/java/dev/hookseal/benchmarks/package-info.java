/**
 * How fast, beside the peers. {@link dev.hookseal.benchmarks.PerformanceRun} runs all and prints the table of
 * docs/performance.md. What is measured: {@link dev.hookseal.benchmarks.SignatureCheckBenchmark},
 * {@link dev.hookseal.benchmarks.ManySignaturesBenchmark}, {@link dev.hookseal.benchmarks.FormFlowEventBenchmark},
 * {@link dev.hookseal.benchmarks.ExtractaAsSentBenchmark},
 * {@link dev.hookseal.benchmarks.ExtractaRewrittenBenchmark}.
 */
@NullMarked
package dev.hookseal.benchmarks;

import org.jspecify.annotations.NullMarked;
