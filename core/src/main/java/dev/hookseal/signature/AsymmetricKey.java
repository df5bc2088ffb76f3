package dev.hookseal.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;

/** A public key. Each signature that is offered costs one check, which is why their number is bounded. */
final class AsymmetricKey extends VerificationKey {
    private final PublicKey key;

    AsymmetricKey(SignatureAlgorithm algorithm, PublicKey key) {
        super(algorithm);
        this.key = key;
    }

    @Override
    boolean matches(SignedMessage message, List<byte[]> signatures) {
        for (byte[] signature : signatures) {
            // the JDK takes an Ed25519 signature with more bytes behind it
            boolean fits = !algorithm().hasFixedLength()
                    || signature.length == algorithm().maxBytes();
            if (fits && verifies(message, signature)) {
                return true;
            }
        }
        return false;
    }

    private boolean verifies(SignedMessage message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm().jcaName());
            check.initVerify(key);
            message.writeTo((bytes, from, length) -> {
                try {
                    check.update(bytes, from, length);
                } catch (SignatureException e) {
                    throw new AssertionError("it is initialised", e);
                }
            });
            return check.verify(signature);
        } catch (SignatureException e) {
            // not a signature of this algorithm at all
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm().jcaName(), e);
        }
    }
}
