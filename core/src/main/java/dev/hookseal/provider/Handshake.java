package dev.hookseal.provider;

import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SignedContent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a provider asks whether an endpoint is the receiver's. Core answers such a request itself: it is not a delivery, no
 * handler gets it, and it is not counted as handled.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public interface Handshake {

    /** Returns whether two texts are equal, in a time that tells nothing about where they differ: for verify tokens. */
    static boolean isEqual(String expected, String offered) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a delivery whose signature matched, if it is a handshake. */
    @FunctionalInterface
    interface VerifiedReader {
        /**
         * Returns the answer.
         *
         * @return null if it is an ordinary delivery
         * @throws WebhookRejectedException as {@link Handshake#verified} does
         */
        @Nullable
        HandshakeReply read(SignedContent content) throws WebhookRejectedException;
    }

    /** Returns a handshake that is a signed POST and needs no HMAC in its answer. */
    static Handshake ofVerified(VerifiedReader reader) {
        return new Handshake() {
            @Override
            public @Nullable HandshakeReply verified(SignedContent content, Function<String, byte[]> mac)
                    throws WebhookRejectedException {
                return reader.read(content);
            }
        };
    }

    /**
     * Returns the methods other than POST that the provider asks with, out of {@code GET}, {@code HEAD} and
     * {@code OPTIONS}; none unless overridden. Any other method gets 405.
     */
    default Set<String> methods() {
        return Set.of();
    }

    /**
     * Answers a request of one of those methods, which nothing verifies.
     *
     * @param request its body is not read
     * @return null if the request does not have the shape of the challenge; the sender then gets 405
     * @throws WebhookRejectedException if it has that shape and is wrong, such as with another verify token
     */
    default @Nullable HandshakeReply challenge(WebhookRequest request) throws WebhookRejectedException {
        return null;
    }

    /**
     * Answers a POST whose signature matched, if it is a handshake.
     *
     * @param mac returns the HMAC of a text in UTF-8, made with the key that matched; a handshake never gets the key
     * @return null if it is an ordinary delivery
     * @throws WebhookRejectedException if it has the shape of a handshake and is wrong
     */
    default @Nullable HandshakeReply verified(SignedContent content, Function<String, byte[]> mac)
            throws WebhookRejectedException {
        return null;
    }
}
