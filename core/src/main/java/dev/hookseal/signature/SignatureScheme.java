package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.util.List;

/**
 * How a provider signs: what a request offers as its signature, what that has to cover, and with which key. Core compares;
 * a scheme never does.
 *
 * <pre>{@code
 * SignatureScheme.of(SignatureHeader.hex("Acme-Signature"), request -> SignedMessage.of(request.body()))
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public interface SignatureScheme {

    /** Returns what a signature has to cover. */
    @FunctionalInterface
    interface MessageReader {
        /**
         * Returns the message of a request.
         *
         * @throws WebhookRejectedException whatever is wrong with the request: no input gives another exception
         */
        SignedMessage read(WebhookRequest request) throws WebhookRejectedException;
    }

    /** Returns the key of a secret. */
    @FunctionalInterface
    interface KeyReader {
        /**
         * Returns the key.
         *
         * @throws IllegalArgumentException as {@link SignatureScheme#key} does
         */
        VerificationKey read(SigningSecret secret);
    }

    /** Returns the scheme of HMAC-SHA256 in one header, with the secret as it is. */
    static SignatureScheme of(SignatureHeader header, MessageReader message) {
        return of(
                header,
                VerificationKey::hmacSha256,
                request -> SignatureClaim.of(header.read(request), message.read(request)));
    }

    /** Reads what a request claims. */
    @FunctionalInterface
    interface ClaimReader {
        /**
         * Returns the claim.
         *
         * @throws WebhookRejectedException as {@link SignatureScheme#claim} does
         */
        SignatureClaim read(WebhookRequest request) throws WebhookRejectedException;
    }

    /**
     * Returns a scheme with one signature header.
     *
     * @param header without which a request is rejected before its body is read
     * @param key returns the key of a secret
     */
    static SignatureScheme of(SignatureHeader header, KeyReader key, ClaimReader claim) {
        return new SignatureScheme() {
            @Override
            public List<String> headers() {
                return List.of(header.name());
            }

            @Override
            public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
                return claim.read(request);
            }

            @Override
            public VerificationKey key(SigningSecret secret) {
                return key.read(secret);
            }
        };
    }

    /** Returns the headers that carry signatures. A request with none of them gets 401, and its body is not read. */
    List<String> headers();

    /**
     * Reads what a request claims. Nothing of it is verified.
     *
     * @throws WebhookRejectedException whatever is wrong with the request, such as
     *     {@link RejectionReason#SIGNATURE_MALFORMED}: no input gives another exception
     */
    SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException;

    /**
     * Returns the key of a secret: HMAC-SHA256 with the secret as it is, unless overridden. Core calls it
     * once for each secret.
     *
     * @throws IllegalArgumentException if the secret cannot be one of this provider; the message ends a sentence that
     *     begins with the property's name, and says what to set: {@code it is not base64: copy the whole secret}. It
     *     shows nothing of the secret
     */
    default VerificationKey key(SigningSecret secret) {
        return VerificationKey.hmacSha256(secret);
    }
}
