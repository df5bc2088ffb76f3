package dev.hookseal.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key for HMAC (RFC 2104): the one class that touches {@code javax.crypto}.
 *
 * <p>Making a {@link Mac} costs more than signing a small body, and one must not be used by two threads at a time. Each
 * key therefore keeps a few that are ready; a thread takes one and puts it back, and makes another where none is left.
 * Nothing waits, and nothing is tied to a thread, of which there may be a million.
 */
final class Hmac extends VerificationKey {
    private static final int SLOTS = 16;

    private final SecretKeySpec key;
    private final AtomicReferenceArray<@Nullable Mac> idle = new AtomicReferenceArray<>(SLOTS);

    Hmac(SignatureAlgorithm algorithm, byte[] key) {
        super(algorithm);
        this.key = new SecretKeySpec(key, algorithm.jcaName());
    }

    @Override
    boolean matches(SignedMessage message, List<byte[]> signatures) {
        byte[] expected = sign(message);
        for (int i = 0; i < signatures.size(); i++) {
            if (MessageDigest.isEqual(expected, signatures.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    byte[] sign(SignedMessage message) {
        int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
        Mac mac = idle.getAndSet(slot, null);
        if (mac == null) {
            mac = newMac();
        }
        message.writeTo(mac::update);
        byte[] signature = mac.doFinal();
        idle.setRelease(slot, mac);
        return signature;
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + key.getAlgorithm(), e);
        }
    }
}
