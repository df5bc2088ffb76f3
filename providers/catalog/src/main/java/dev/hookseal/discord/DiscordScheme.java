package dev.hookseal.discord;

import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Signs time and body with Ed25519, with nothing between them. A time of digits alone keeps a signed pair from being cut at
 * another place, since the body begins with a brace.
 */
final class DiscordScheme {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("X-Signature-Ed25519").of(SignatureAlgorithm.ED25519);
    private static final Pattern PUBLIC_KEY = Pattern.compile("[0-9A-Fa-f]{64}");

    private DiscordScheme() {}

    static SignatureScheme create() {
        return SignatureScheme.of(SIGNATURE, DiscordScheme::key, request -> {
            String time = SignedTime.header(request, "X-Signature-Timestamp");
            SignedTime.ofUnixSeconds(time);
            return SignatureClaim.of(
                            SignatureAlgorithm.ED25519,
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after(time))
                    .signedTime(() -> SignedTime.ofUnixSeconds(time));
        });
    }

    private static VerificationKey key(SigningSecret secret) {
        String text = new String(secret.exposeSecretBytes(), StandardCharsets.ISO_8859_1).strip();
        if (!PUBLIC_KEY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it is not the public key of the application, 64 hex digits: copy it from"
                            + " General Information in the developer portal, and not the bot token or the client secret");
        }
        return VerificationKey.publicKey(SignatureAlgorithm.ED25519, text);
    }
}
