/**
 * Extracta LABS: {@link dev.hookseal.extracta.ExtractaEvent} is what a handler gets, with an
 * {@link dev.hookseal.extracta.ExtractaFile} for each file; {@link dev.hookseal.extracta.ExtractaProvider} tells how it
 * is signed.
 */
@NullMarked
package dev.hookseal.extracta;

import org.jspecify.annotations.NullMarked;
