package dev.hookseal.signature;

import dev.hookseal.request.WebhookRejectedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its signature: the signatures that it offers, and the message that one of them has to cover.
 * All of it comes from the sender, and nothing is verified.
 *
 * <p>It is for one request and one thread: each method changes the claim and returns it.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class SignatureClaim {
    /** The most signatures of a request that are looked at; the rest is ignored. */
    public static final int MAX_SIGNATURES = 16;

    // a request seldom has signatures of two algorithms, or a message in two forms
    private final SignatureAlgorithm algorithm;
    private final List<byte[]> signatures;
    private final Map<SignatureAlgorithm, List<byte[]>> others;
    private final @Nullable SignedMessage message;
    private final List<Supplier<@Nullable SignedMessage>> messages;
    private String secretName = "";
    private @Nullable String deliveryId;
    private @Nullable TimeReader signedTime;
    private @Nullable TimeReader unsignedTime;
    private @Nullable String unsignedEventName;
    private Set<String> unexpectedMembers = Set.of();

    private SignatureClaim(
            SignatureAlgorithm algorithm,
            List<byte[]> signatures,
            Map<SignatureAlgorithm, List<byte[]>> others,
            @Nullable SignedMessage message,
            List<Supplier<@Nullable SignedMessage>> messages) {
        this.algorithm = algorithm;
        this.signatures = atMost(MAX_SIGNATURES, signatures);
        this.others = others;
        this.message = message;
        this.messages = messages;
    }

    /** Reads a time of the request, once the signature has matched. */
    @FunctionalInterface
    public interface TimeReader {
        /**
         * Returns the time.
         *
         * @throws WebhookRejectedException if it is missing or is not a time
         */
        Instant read() throws WebhookRejectedException;
    }

    /**
     * Returns the claim that one of these signatures is HMAC-SHA256 of a message.
     *
     * @param signatures decoded, at least one
     */
    public static SignatureClaim of(List<byte[]> signatures, SignedMessage message) {
        return of(SignatureAlgorithm.HMAC_SHA256, signatures, message);
    }

    /**
     * Returns the claim that one of these signatures covers a message.
     *
     * @param signatures decoded, at least one
     */
    public static SignatureClaim of(SignatureAlgorithm algorithm, List<byte[]> signatures, SignedMessage message) {
        return new SignatureClaim(algorithm, signatures, Map.of(), message, List.of());
    }

    /**
     * Returns the claim that one of these signatures covers one of these messages.
     *
     * @param signatures decoded, by algorithm: each is compared with keys of its algorithm alone
     * @param messages tried in this order, each made only if none before it matched; one that returns null is passed over
     */
    public static SignatureClaim of(
            Map<SignatureAlgorithm, List<byte[]>> signatures, List<Supplier<@Nullable SignedMessage>> messages) {
        Map.Entry<SignatureAlgorithm, List<byte[]>> first =
                signatures.entrySet().iterator().next();
        List<byte[]> ofFirst = atMost(MAX_SIGNATURES, first.getValue());
        Map<SignatureAlgorithm, List<byte[]>> others = new LinkedHashMap<>(signatures);
        others.remove(first.getKey());
        int left = MAX_SIGNATURES - ofFirst.size();
        for (Map.Entry<SignatureAlgorithm, List<byte[]>> each : others.entrySet()) {
            each.setValue(atMost(left, each.getValue()));
            left -= each.getValue().size();
        }
        return new SignatureClaim(first.getKey(), ofFirst, others, null, messages);
    }

    private static List<byte[]> atMost(int count, List<byte[]> signatures) {
        return signatures.size() <= count ? signatures : signatures.subList(0, count);
    }

    /**
     * Sets the name that the secret goes by: the type of the event, or the id of a key. It is the name with which the
     * {@link SecretSource} is asked, if its secrets differ by name.
     *
     * @param name as the sender wrote it
     */
    public SignatureClaim secretName(String name) {
        secretName = name;
        return this;
    }

    /** Sets the id of the delivery, which the message has to contain: a redelivery has the same one. */
    public SignatureClaim deliveryId(String id) {
        deliveryId = id;
        return this;
    }

    /**
     * Sets the time of signing, which the message has to contain. It is checked against the endpoint's {@code tolerance},
     * boundaries included.
     */
    public SignatureClaim signedTime(TimeReader time) {
        signedTime = time;
        return this;
    }

    /** Sets a time that is not signed, and is checked only if the endpoint has a {@code tolerance}. */
    public SignatureClaim unsignedTime(TimeReader time) {
        unsignedTime = time;
        return this;
    }

    /** Sets the event's name, if it is not in what is signed. */
    public SignatureClaim unsignedEventName(@Nullable String name) {
        unsignedEventName = name;
        return this;
    }

    /**
     * Sets the documented members beside the signed part that are of another kind than documented.
     *
     * @param members names from a fixed list, never text from the delivery
     */
    public SignatureClaim unexpectedMembers(Set<String> members) {
        unexpectedMembers = Set.copyOf(members);
        return this;
    }

    List<byte[]> signatures(SignatureAlgorithm of) {
        return of == algorithm ? signatures : others.getOrDefault(of, List.of());
    }

    int messageCount() {
        return message == null ? messages.size() : 1;
    }

    @Nullable
    SignedMessage message(int index) {
        return message == null ? messages.get(index).get() : message;
    }

    /** Returns the name that the secret goes by, as the sender wrote it; empty if the provider gave none. */
    public String secretName() {
        return secretName;
    }

    @Nullable
    String deliveryId() {
        return deliveryId;
    }

    @Nullable
    String unsignedEventName() {
        return unsignedEventName;
    }

    Set<String> unexpectedMembers() {
        return unexpectedMembers;
    }

    /**
     * Returns the signed time; null if the claim has none.
     *
     * @throws WebhookRejectedException if it is missing or is not a time
     */
    public @Nullable Instant signedTime() throws WebhookRejectedException {
        return signedTime == null ? null : signedTime.read();
    }

    /**
     * Returns the unsigned time; null if the claim has none.
     *
     * @throws WebhookRejectedException if it is missing or is not a time
     */
    public @Nullable Instant unsignedTime() throws WebhookRejectedException {
        return unsignedTime == null ? null : unsignedTime.read();
    }
}
