/**
 * Signatures: a {@link dev.hookseal.signature.SecretSource} supplies the {@link dev.hookseal.signature.SigningSecret}s of
 * an endpoint. For authors of providers, {@link dev.hookseal.signature.SignatureHeader} reads a signature and
 * {@link dev.hookseal.signature.HmacSha256} compares it, which returns a
 * {@link dev.hookseal.signature.SignatureMatch}.
 */
@NullMarked
package dev.hookseal.signature;

import org.jspecify.annotations.NullMarked;
