package dev.hookseal.signature;

import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 (RFC 2104 with FIPS 180-4): the one class that touches {@code javax.crypto}.
 *
 * <p>Making a {@link Mac} costs more than signing a small body, and one must not be used by two threads at a time. Each
 * secret therefore keeps a few that are ready; a thread takes one and puts it back, and makes another where none is
 * left. Nothing waits, and nothing is tied to a thread, of which there may be a million.
 */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SLOTS = 16;

    private final SecretKeySpec key;
    private final AtomicReferenceArray<@Nullable Mac> idle = new AtomicReferenceArray<>(SLOTS);

    HmacSha256(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The signature of a whole array: 32 bytes. */
    public static byte[] sign(SigningSecret secret, byte[] message) {
        return secret.hmac().compute(message, 0, message.length);
    }

    /**
     * Compares a signature with those that the secrets give for a message.
     *
     * @param signature decoded, of any length
     * @param newestFirst tried in this order
     * @throws WebhookRejectedException with {@link RejectionReason#SECRET_MISSING} if there are no secrets, with
     *     {@link RejectionReason#SIGNATURE_MISMATCH} if none of them matches
     */
    public static SignatureMatch verify(byte[] signature, List<SigningSecret> newestFirst, byte[] message)
            throws WebhookRejectedException {
        if (newestFirst.isEmpty()) {
            throw new WebhookRejectedException(RejectionReason.SECRET_MISSING);
        }
        SignatureMatch match = find(signature, newestFirst, message, 0, message.length);
        if (match == null) {
            throw new WebhookRejectedException(RejectionReason.SIGNATURE_MISMATCH);
        }
        return match;
    }

    /**
     * The same for a part of an array, for a provider that has more than one message to try: null where none of the
     * secrets matches.
     */
    public static @Nullable SignatureMatch find(
            byte[] signature, List<SigningSecret> newestFirst, byte[] message, int offset, int length) {
        int position = 0;
        for (SigningSecret secret : newestFirst) {
            if (MessageDigest.isEqual(secret.hmac().compute(message, offset, length), signature)) {
                return new Match(position, message, offset, length);
            }
            position++;
        }
        return null;
    }

    private byte[] compute(byte[] message, int offset, int length) {
        int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
        Mac mac = idle.getAndSet(slot, null);
        if (mac == null) {
            mac = newMac();
        }
        mac.update(message, offset, length);
        byte[] signature = mac.doFinal();
        idle.set(slot, mac);
        return signature;
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    static final class Match implements SignatureMatch {
        private final int secretPosition;
        private final byte[] message;
        private final int offset;
        private final int length;

        private Match(int secretPosition, byte[] message, int offset, int length) {
            this.secretPosition = secretPosition;
            this.message = message;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public int secretPosition() {
            return secretPosition;
        }

        @Override
        public byte[] signedBytes() {
            byte[] copy = new byte[length];
            System.arraycopy(message, offset, copy, 0, length);
            return copy;
        }
    }
}
