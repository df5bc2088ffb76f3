package dev.hookseal.standardwebhooks;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedHeader;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs {@code id.timestamp.body}, in {@code webhook-*} headers or in Svix's own {@code svix-*}. */
final class StandardWebhooksScheme implements SignatureScheme {
    private static final String SECRET_PREFIX = "whsec_";
    private static final String PUBLIC_KEY_PREFIX = "whpk_";
    private static final String PRIVATE_KEY_PREFIX = "whsk_";
    // some senders show the version as well
    private static final String VERSION_PREFIX = "v1,";

    private static final Headers STANDARD = new Headers("webhook-");
    private static final Headers SVIX = new Headers("svix-");
    private static final List<String> NAMES = List.of(STANDARD.symmetric.name(), SVIX.symmetric.name());

    private final boolean isText;

    /**
     * The scheme of an endpoint.
     *
     * @param isText whether secrets are keys as they stand, and not base64
     */
    StandardWebhooksScheme(boolean isText) {
        this.isText = isText;
    }

    /** One family of the three headers. */
    private static final class Headers {
        final String id;
        final String timestamp;
        final SignatureHeader symmetric;
        final SignatureHeader asymmetric;

        Headers(String prefix) {
            this.id = prefix + "id";
            this.timestamp = prefix + "timestamp";
            SignatureHeader header =
                    SignatureHeader.base64(prefix + "signature").separatedBy(' ');
            this.symmetric = header.withPrefix("v1,");
            this.asymmetric = header.of(SignatureAlgorithm.ED25519).withPrefix("v1a,");
        }
    }

    @Override
    public List<String> headers() {
        return NAMES;
    }

    @Override
    public SignatureClaim claim(WebhookRequest request) throws WebhookRejectedException {
        Headers headers = request.headers(STANDARD.symmetric.name()).isEmpty() ? SVIX : STANDARD;
        String signatures = headers.symmetric.value(request);
        List<byte[]> symmetric = headers.symmetric.signaturesIn(signatures);
        List<byte[]> asymmetric = headers.asymmetric.signaturesIn(signatures);
        if (symmetric.isEmpty() && asymmetric.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MALFORMED);
        }
        String id = SignedHeader.value(request, headers.id, ".");
        String timestamp = SignedTime.header(request, headers.timestamp);
        // before it is part of a message: only digits leave the message with one reading
        SignedTime.ofUnixSeconds(timestamp);
        byte[] body = request.body();
        return SignatureClaim.of(
                        asymmetric.isEmpty()
                                ? Map.of(SignatureAlgorithm.HMAC_SHA256, symmetric)
                                : Map.of(
                                        SignatureAlgorithm.HMAC_SHA256, symmetric,
                                        SignatureAlgorithm.ED25519, asymmetric),
                        List.of(() -> SignedMessage.of(body).after(id + "." + timestamp + ".")))
                .deliveryId(id)
                .signedTime(() -> SignedTime.ofUnixSeconds(timestamp));
    }

    @Override
    public VerificationKey key(SigningSecret secret) {
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1);
        if (text.startsWith(PRIVATE_KEY_PREFIX)) {
            throw new IllegalArgumentException(
                    "it is a private key (whsk_): set the sender's public one, which begins with whpk_");
        }
        if (text.startsWith(PUBLIC_KEY_PREFIX)) {
            return VerificationKey.publicKey(SignatureAlgorithm.ED25519, text.substring(PUBLIC_KEY_PREFIX.length()));
        }
        if (isText) {
            return VerificationKey.hmacSha256(secret);
        }
        String encoded = text.startsWith(VERSION_PREFIX) ? text.substring(VERSION_PREFIX.length()) : text;
        encoded = encoded.startsWith(SECRET_PREFIX) ? encoded.substring(SECRET_PREFIX.length()) : encoded;
        try {
            return VerificationKey.hmac(
                    SignatureAlgorithm.HMAC_SHA256, Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not whsec_ and base64: copy the whole secret, or set "
                    + StandardWebhooksProvider.SECRET_ENCODING.key() + " to text if the sender uses it as it is");
        }
    }
}
