package dev.hookseal.signature;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a provider signs with. Its bytes are copied in, it cannot be printed, and it is compared in constant
 * time.
 *
 * <pre>{@code
 * SigningSecret secret = SigningSecret.ofUtf8(System.getenv("FORMFLOW_SECRET_EXTRACTED"));
 * }</pre>
 */
public final class SigningSecret {
    private final byte[] bytes;
    // what one endpoint made of it, so that the usual case looks nothing up
    private volatile @Nullable Derived derived;
    private final Hmac hmacSha256;

    private SigningSecret(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("A signing secret must not be empty");
        }
        this.bytes = bytes;
        this.hmacSha256 = new Hmac(SignatureAlgorithm.HMAC_SHA256, bytes);
    }

    /**
     * A secret from its text, as UTF-8 bytes. White space is part of it.
     *
     * @throws IllegalArgumentException if it is empty, or holds half of a surrogate pair and so has no UTF-8 form
     */
    public static SigningSecret ofUtf8(String text) {
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A signing secret must be text that UTF-8 can encode");
        }
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return new SigningSecret(bytes);
    }

    /**
     * A secret from its bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static SigningSecret ofBytes(byte[] bytes) {
        return new SigningSecret(bytes.clone());
    }

    /** The secret in the clear, as a copy. The only way out: search for this name to see where secrets go. */
    public byte[] exposeSecretBytes() {
        return bytes.clone();
    }

    /** Returns whether it ends with a line break, as a file does that an editor or {@code echo} wrote. */
    public boolean endsWithLineBreak() {
        byte last = bytes[bytes.length - 1];
        return last == '\n' || last == '\r';
    }

    /** Returns whether it begins or ends with ASCII white space, a line break included. */
    public boolean beginsOrEndsWithWhiteSpace() {
        return isWhiteSpace(bytes[0]) || isWhiteSpace(bytes[bytes.length - 1]);
    }

    /** Returns whether it begins and ends with the same quotation mark, as a value in a file of variables may. */
    public boolean isInQuotes() {
        byte first = bytes[0];
        return bytes.length > 1 && (first == '"' || first == '\'') && bytes[bytes.length - 1] == first;
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    Hmac hmacSha256() {
        return hmacSha256;
    }

    /** A key that was made of this secret. */
    record Derived(SignatureCheck owner, @Nullable VerificationKey key) {}

    @Nullable
    Derived derived() {
        return derived;
    }

    void derived(Derived newest) {
        derived = newest;
    }

    /** Whether the other one has the same bytes, compared in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for every secret, so that it tells nothing. */
    @Override
    public int hashCode() {
        return SigningSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }
}
