/**
 * One application for each framework, with the same four endpoints: {@code /verified} takes deliveries of Extracta
 * that Hookseal has verified, {@code /verified-and-bound} also binds their data, {@code /bytes} takes any body as bytes,
 * {@code /typed} binds any body to {@link dev.hookseal.benchmarks.frameworks.Delivery}. They answer 204 and have the port
 * in {@code PORT} and the signing secret in {@code EXTRACTA_SECRET}.
 */
@NullMarked
package dev.hookseal.benchmarks.frameworks;

import org.jspecify.annotations.NullMarked;
