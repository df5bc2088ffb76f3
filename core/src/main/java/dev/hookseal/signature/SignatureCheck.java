package dev.hookseal.signature;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private @Nullable VerificationKey keyOf(SigningSecret secret) {
        SigningSecret.Derived derived = secret.derived();
        if (derived == null || derived.owner() != this) {
            derived = new SigningSecret.Derived(this, keys.get(secret).orElse(null));
            secret.derived(derived);
        }
        return derived.key();
    }

    /**
     * Finds the secret and the message that a claim is true for.
     *
     * @param newestFirst the secrets, tried in this order
     * @param unsignedHeaders the declared headers, kept beside the signed bytes: not copied, and not to be changed
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
        boolean usable = false;
        for (int index = 0; index < claim.messageCount(); index++) {
            SignedMessage message = claim.message(index);
            for (int position = 0; message != null && position < newestFirst.size(); position++) {
                VerificationKey key = keyOf(newestFirst.get(position));
                usable |= key != null;
                if (key != null && matches(claim, key, message)) {
                    SignedMessage covered =
                            key.algorithm() == SignatureAlgorithm.TOKEN ? message.notCovered() : message;
                    return new SignedContent(
                            covered, claim, endpoint, position, now, claim.signedTime(), unsignedHeaders);
                }
            }
        }
        throw new WebhookRejectedException(
                usable ? RejectionReason.SIGNATURE_MISMATCH : RejectionReason.SECRET_MISSING);
    }

    /**
     * Returns the HMAC of a text in UTF-8, for a handshake.
     *
     * @throws IllegalStateException if the secret is not one of an HMAC
     */
    public byte[] sign(String text, SigningSecret secret) {
        return keys.get(secret).orElseThrow().sign(SignedMessage.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns the signatures that would match a claim, whatever it offers: one for each of its messages, or a token as it
     * is. There are none with a public key, which cannot sign, and with a secret that cannot be used. They are as secret as
     * a signature of the sender is: for comparing, not for showing.
     */
    public List<byte[]> matching(SignatureClaim claim, SigningSecret secret) {
        VerificationKey key = keyOf(secret);
        if (key == null || key.algorithm().isAsymmetric()) {
            return List.of();
        }
        if (key.algorithm() == SignatureAlgorithm.TOKEN) {
            return List.of(secret.exposeSecretBytes());
        }
        List<byte[]> matching = new ArrayList<>();
        for (int index = 0; index < claim.messageCount(); index++) {
            SignedMessage message = claim.message(index);
            if (message != null) {
                matching.add(key.sign(message));
            }
        }
        return matching;
    }

    private static boolean matches(SignatureClaim claim, VerificationKey key, SignedMessage message) {
        List<byte[]> signatures = claim.signatures(key.algorithm());
        return !signatures.isEmpty() && key.matches(message, signatures);
    }
}
