package dev.hookseal.signature;

import java.security.MessageDigest;
import java.util.List;

/** A token that the sender shows. The message does not count. */
final class SharedToken extends VerificationKey {
    // a copy: a key that held its secret would stay in the cache of keys for ever
    private final byte[] expected;

    SharedToken(SigningSecret token) {
        super(SignatureAlgorithm.TOKEN);
        this.expected = token.exposeSecretBytes();
    }

    @Override
    boolean matches(SignedMessage message, List<byte[]> signatures) {
        for (byte[] offered : signatures) {
            if (MessageDigest.isEqual(expected, offered)) {
                return true;
            }
        }
        return false;
    }
}
