package dev.hookseal.signature;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares signatures: the one place that does. Each secret's key is made once, and each message is read once for each key
 * however many signatures a request offers.
 *
 * <p>Safe for use by any number of threads.
 *
 * @apiNote For core; a provider gets its {@link SignedContent} from here.
 * @since 0.1.0
 */
public final class SignatureCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);

    // by identity: it costs no comparison of secrets, and a secret that is no longer used leaves the cache
    private final LoadingCache<SigningSecret, Optional<VerificationKey>> keys;
    private final String endpoint;

    /**
     * A check at an endpoint.
     *
     * @param endpoint its name
     */
    public SignatureCheck(SignatureScheme scheme, String endpoint) {
        this.endpoint = endpoint;
        this.keys = Caffeine.newBuilder().weakKeys().build(secret -> key(scheme, secret));
    }

    private Optional<VerificationKey> key(SignatureScheme scheme, SigningSecret secret) {
        try {
            return Optional.of(scheme.key(secret));
        } catch (IllegalArgumentException e) {
            LOG.error("A secret of endpoint {} cannot be used: {}", endpoint, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Finds the secret and the message that a claim is true for.
     *
     * @param newestFirst the secrets, tried in this order
     * @param unsignedHeaders the declared headers, kept beside the signed bytes
     * @throws WebhookRejectedException with {@link RejectionReason#SECRET_MISSING} if there is no usable secret, with
     *     {@link RejectionReason#SIGNATURE_MISMATCH} if none fits; as the claim's
     *     time does, if its signature matches
     */
    public SignedContent verify(
            SignatureClaim claim,
            List<SigningSecret> newestFirst,
            Instant now,
            Map<String, List<String>> unsignedHeaders)
            throws WebhookRejectedException {
        if (newestFirst.stream().allMatch(secret -> keys.get(secret).isEmpty())) {
            throw new WebhookRejectedException(RejectionReason.SECRET_MISSING);
        }
        for (Supplier<@Nullable SignedMessage> possible : claim.messages()) {
            SignedMessage message = possible.get();
            for (int position = 0; message != null && position < newestFirst.size(); position++) {
                VerificationKey key = keys.get(newestFirst.get(position)).orElse(null);
                if (key != null && matches(claim, key, message)) {
                    SignedMessage covered =
                            key.algorithm() == SignatureAlgorithm.TOKEN ? message.notCovered() : message;
                    return new SignedContent(
                            covered, claim, endpoint, position, now, claim.signedTime(), unsignedHeaders);
                }
            }
        }
        throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISMATCH);
    }

    /**
     * Returns the HMAC of a text in UTF-8, for a handshake.
     *
     * @throws IllegalStateException if the secret is not one of an HMAC
     */
    public byte[] sign(String text, SigningSecret secret) {
        return keys.get(secret).orElseThrow().sign(SignedMessage.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean matches(SignatureClaim claim, VerificationKey key, SignedMessage message) {
        List<byte[]> signatures = claim.signatures().getOrDefault(key.algorithm(), List.of());
        return !signatures.isEmpty() && key.matches(message, signatures);
    }
}
