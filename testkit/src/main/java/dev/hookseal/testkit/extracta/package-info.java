/**
 * Extracta, as comfortable to test as its pages allow: {@link dev.hookseal.testkit.extracta.ExtractaEvents} has a ready
 * event of each documented type, each a {@link dev.hookseal.testkit.extracta.FakeExtractaEvent} of
 * {@link dev.hookseal.testkit.extracta.FakeExtractaFile}s, written in any {@link dev.hookseal.testkit.extracta.JsonStyle}.
 * {@link dev.hookseal.testkit.extracta.FakeExtracta} delivers them.
 */
@NullMarked
package dev.hookseal.testkit.extracta;

import org.jspecify.annotations.NullMarked;
