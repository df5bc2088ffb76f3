package dev.hookseal.signature;

import java.security.MessageDigest;
import java.util.List;

/** A token that the sender shows. The message does not count. */
final class SharedToken extends VerificationKey {
    private final SigningSecret token;

    SharedToken(SigningSecret token) {
        super(SignatureAlgorithm.TOKEN);
        this.token = token;
    }

    @Override
    boolean matches(SignedMessage message, List<byte[]> signatures) {
        byte[] expected = token.exposeSecretBytes();
        for (byte[] offered : signatures) {
            if (MessageDigest.isEqual(expected, offered)) {
                return true;
            }
        }
        return false;
    }
}
