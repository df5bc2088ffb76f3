/**
 * Signatures: a {@link dev.hookseal.signature.SecretSource} supplies the {@link dev.hookseal.signature.SigningSecret}s of
 * an endpoint. For authors of providers, a {@link dev.hookseal.signature.SignatureScheme} says how a provider signs, with
 * {@link dev.hookseal.signature.SignatureHeader}, {@link dev.hookseal.signature.SignedMessage} and
 * {@link dev.hookseal.signature.VerificationKey}. {@link dev.hookseal.signature.SignatureCheck} compares, and returns
 * {@link dev.hookseal.signature.SignedContent}.
 */
@NullMarked
package dev.hookseal.signature;

import org.jspecify.annotations.NullMarked;
