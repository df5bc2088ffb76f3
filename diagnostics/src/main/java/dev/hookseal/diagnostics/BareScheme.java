package dev.hookseal.diagnostics;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The scheme of a sender that has the provider's key and signs the bare body with it, whatever the provider signs. It reads
 * a signature in any encoding.
 */
final class BareScheme implements SignatureScheme {
    private static final Map<Integer, SignatureAlgorithm> BY_LENGTH = Map.of(
            20, SignatureAlgorithm.HMAC_SHA1,
            32, SignatureAlgorithm.HMAC_SHA256,
            64, SignatureAlgorithm.HMAC_SHA512);

    private final SignatureScheme providers;

    BareScheme(SignatureScheme providers) {
        this.providers = providers;
    }

    @Override
    public List<String> headers() {
        return providers.headers();
    }

    @Override
    public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
        Map<SignatureAlgorithm, List<byte[]>> signatures = new EnumMap<>(SignatureAlgorithm.class);
        for (String header : headers()) {
            for (String value : request.headers(header)) {
                for (SignatureSpelling.Encoded encoded : SignatureSpelling.encodedIn(value)) {
                    SignatureAlgorithm algorithm = BY_LENGTH.get(encoded.bytes().length);
                    if (algorithm != null) {
                        signatures
                                .computeIfAbsent(algorithm, any -> new ArrayList<>())
                                .add(encoded.bytes());
                    }
                }
            }
        }
        if (signatures.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        SignedMessage body = SignedMessage.of(request.body());
        return SignatureClaim.of(signatures, List.of(() -> body));
    }

    @Override
    public VerificationKey key(SigningSecret secret) {
        return providers.key(secret);
    }
}
