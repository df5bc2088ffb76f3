/**
 * Signatures: {@link dev.hookseal.signature.SigningSecret}, and {@link dev.hookseal.signature.SecretSource} for where
 * secrets come from, which {@link dev.hookseal.signature.EndpointSecrets} gives to a configured endpoint; for providers, {@link dev.hookseal.signature.SignatureHeader} reads a signature and
 * {@link dev.hookseal.signature.HmacSha256} compares it, which gives a
 * {@link dev.hookseal.signature.SignatureMatch}.
 */
@NullMarked
package dev.hookseal.signature;

import org.jspecify.annotations.NullMarked;
