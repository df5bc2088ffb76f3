package dev.hookseal.discord;

import dev.hookseal.signature.SignatureAlgorithm;
import dev.hookseal.signature.SignatureClaim;
import dev.hookseal.signature.SignatureHeader;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedMessage;
import dev.hookseal.signature.SignedTime;
import dev.hookseal.signature.VerificationKey;

/** Signs time and body with Ed25519. Only digits are a time, so that no signed pair can be cut at another place. */
final class DiscordScheme {
    private static final SignatureHeader SIGNATURE =
            SignatureHeader.hex("X-Signature-Ed25519").of(SignatureAlgorithm.ED25519);

    private DiscordScheme() {}

    static SignatureScheme create() {
        return SignatureScheme.of(
                SIGNATURE, secret -> VerificationKey.publicKey(SignatureAlgorithm.ED25519, secret), request -> {
                    String time = SignedTime.header(request, "X-Signature-Timestamp");
                    SignedTime.ofUnixSeconds(time);
                    return SignatureClaim.of(
                            SignatureAlgorithm.ED25519,
                            SIGNATURE.read(request),
                            SignedMessage.of(request.body()).after(time));
                });
    }
}
