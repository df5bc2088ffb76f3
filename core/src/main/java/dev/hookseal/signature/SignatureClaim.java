package dev.hookseal.signature;

import dev.hookseal.request.WebhookRejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its own signature: the signatures that it offers, and the message that one of them has to cover.
 * All of it comes from the sender, and nothing is verified.
 *
 * <p>Immutable: each method returns another claim.
 *
 * @apiNote For authors of providers.
 * @since 0.1.0
 */
public final class SignatureClaim {
    /** The most signatures of a request that are looked at; the rest is ignored. */
    public static final int MAX_SIGNATURES = 16;

    private final Map<SignatureAlgorithm, List<byte[]>> signatures;
    private final List<Supplier<@Nullable SignedMessage>> messages;
    private final String secretName;
    private final @Nullable String deliveryId;
    private final @Nullable TimeReader signedTime;
    private final @Nullable TimeReader unsignedTime;
    private final @Nullable String unsignedEventName;
    private final Set<String> unexpectedMembers;

    private SignatureClaim(Draft draft) {
        this.signatures = draft.signatures;
        this.messages = draft.messages;
        this.secretName = draft.secretName;
        this.deliveryId = draft.deliveryId;
        this.signedTime = draft.signedTime;
        this.unsignedTime = draft.unsignedTime;
        this.unsignedEventName = draft.unsignedEventName;
        this.unexpectedMembers = draft.unexpectedMembers;
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
        return of(Map.of(algorithm, signatures), List.of(() -> message));
    }

    /**
     * Returns the claim that one of these signatures covers one of these messages.
     *
     * @param signatures decoded, by algorithm: each is compared with keys of its algorithm alone
     * @param messages tried in this order, each made only if none before it matched; one that returns null is passed over
     */
    public static SignatureClaim of(
            Map<SignatureAlgorithm, List<byte[]>> signatures, List<Supplier<@Nullable SignedMessage>> messages) {
        Draft draft = new Draft();
        draft.signatures = atMost(signatures);
        draft.messages = List.copyOf(messages);
        return new SignatureClaim(draft);
    }

    private static Map<SignatureAlgorithm, List<byte[]>> atMost(Map<SignatureAlgorithm, List<byte[]>> signatures) {
        if (signatures.size() == 1) {
            Map.Entry<SignatureAlgorithm, List<byte[]>> only =
                    signatures.entrySet().iterator().next();
            if (only.getValue().size() <= MAX_SIGNATURES) {
                return signatures;
            }
        }
        Map<SignatureAlgorithm, List<byte[]>> some = new LinkedHashMap<>();
        int left = MAX_SIGNATURES;
        for (Map.Entry<SignatureAlgorithm, List<byte[]>> each : signatures.entrySet()) {
            List<byte[]> first = new ArrayList<>(
                    each.getValue().subList(0, Math.min(left, each.getValue().size())));
            left -= first.size();
            some.put(each.getKey(), first);
        }
        return some;
    }

    /**
     * Returns the same with the name that its secret goes by: the type of the event, or the id of a key. It is the name
     * with which the {@link SecretSource} is asked, if its secrets differ by name.
     *
     * @param name as the sender wrote it
     */
    public SignatureClaim secretName(String name) {
        return with(draft -> draft.secretName = name);
    }

    /**
     * Returns the same with the id of the delivery, which the message has to contain: a redelivery has the same one.
     */
    public SignatureClaim deliveryId(String id) {
        return with(draft -> draft.deliveryId = id);
    }

    /**
     * Returns the same with the time of signing, which the message has to contain. It is checked against the endpoint's
     * {@code tolerance}, boundaries included.
     */
    public SignatureClaim signedTime(TimeReader time) {
        return with(draft -> draft.signedTime = time);
    }

    /** Returns the same with a time that is not signed, and is checked only if the endpoint has a {@code tolerance}. */
    public SignatureClaim unsignedTime(TimeReader time) {
        return with(draft -> draft.unsignedTime = time);
    }

    /** Returns the same with the event's name, if it is not in what is signed. */
    public SignatureClaim unsignedEventName(@Nullable String name) {
        return with(draft -> draft.unsignedEventName = name);
    }

    /**
     * Returns the same with the documented members beside the signed part that are of another kind than documented.
     *
     * @param members names from a fixed list, never text from the delivery
     */
    public SignatureClaim unexpectedMembers(Set<String> members) {
        return with(draft -> draft.unexpectedMembers = Set.copyOf(members));
    }

    private SignatureClaim with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.signatures = signatures;
        draft.messages = messages;
        draft.secretName = secretName;
        draft.deliveryId = deliveryId;
        draft.signedTime = signedTime;
        draft.unsignedTime = unsignedTime;
        draft.unsignedEventName = unsignedEventName;
        draft.unexpectedMembers = unexpectedMembers;
        change.accept(draft);
        return new SignatureClaim(draft);
    }

    Map<SignatureAlgorithm, List<byte[]>> signatures() {
        return signatures;
    }

    List<Supplier<@Nullable SignedMessage>> messages() {
        return messages;
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

    private static final class Draft {
        private Map<SignatureAlgorithm, List<byte[]>> signatures = Map.of();
        private List<Supplier<@Nullable SignedMessage>> messages = List.of();
        private String secretName = "";
        private @Nullable String deliveryId;
        private @Nullable TimeReader signedTime;
        private @Nullable TimeReader unsignedTime;
        private @Nullable String unsignedEventName;
        private Set<String> unexpectedMembers = Set.of();
    }
}
