package dev.hookseal.signature;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a signature was found to cover, with all that is needed to read the event from it, now or after a restart. Only
 * {@link SignatureCheck} makes one, after a signature matched; {@link #ofStored} makes it again from stored bytes.
 *
 * <p>Immutable. It prints nothing of the content.
 *
 * @since 0.1.0
 */
public final class SignedContent {
    private static final byte FORMAT = 1;
    private static final int PREAMBLE_BYTES = 1 + Integer.BYTES;
    private static final JsonMapper JSON = new JsonMapper();

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Coverage coverage;
    private final SignedForm form;
    private final String endpoint;
    private final int matchedSecret;
    private final Instant verifiedAt;
    private final @Nullable Instant signedAt;
    private final @Nullable String deliveryId;
    private final @Nullable String unsignedEventName;
    private final Set<String> unexpectedMembers;
    private final Map<String, List<String>> unsignedHeaders;

    SignedContent(
            SignedMessage message,
            SignatureClaim claim,
            String endpoint,
            int matchedSecret,
            Instant verifiedAt,
            @Nullable Instant signedAt,
            Map<String, List<String>> unsignedHeaders) {
        this.bytes = message.bytes();
        this.from = message.from();
        this.to = message.to();
        this.coverage = message.coverage();
        this.form = message.form();
        this.endpoint = endpoint;
        this.matchedSecret = matchedSecret;
        this.verifiedAt = verifiedAt;
        this.signedAt = signedAt;
        this.deliveryId = claim.deliveryId();
        this.unsignedEventName = claim.unsignedEventName();
        this.unexpectedMembers = claim.unexpectedMembers();
        this.unsignedHeaders = unsignedHeaders.isEmpty() ? Map.of() : Collections.unmodifiableMap(unsignedHeaders);
    }

    private SignedContent(byte[] bytes, Facts facts) {
        this.bytes = bytes;
        this.from = 0;
        this.to = bytes.length;
        this.coverage = facts.coverage;
        this.form = facts.form;
        this.endpoint = facts.endpoint;
        this.matchedSecret = facts.matchedSecret;
        this.verifiedAt = Instant.parse(facts.verifiedAt);
        this.signedAt = facts.signedAt == null ? null : Instant.parse(facts.signedAt);
        this.deliveryId = facts.deliveryId;
        this.unsignedEventName = facts.unsignedEventName;
        this.unexpectedMembers = Set.copyOf(facts.unexpectedMembers);
        this.unsignedHeaders = caseInsensitive(facts.unsignedHeaders);
    }

    private static Map<String, List<String>> caseInsensitive(Map<String, List<String>> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    /** Reads signed bytes without a copy of them. */
    @FunctionalInterface
    public interface BytesReader<T, X extends Exception> {
        /**
         * Reads.
         *
         * @param bytes shared, not to be changed
         * @param from of the first byte
         * @param to after the last byte
         */
        T read(byte[] bytes, int from, int to) throws X;
    }

    /** Reads the signed bytes without a copy of them. */
    public <T, X extends Exception> T read(BytesReader<T, X> reader) throws X {
        return reader.read(bytes, from, to);
    }

    /** Returns a copy of the signed bytes; of the body if {@link #coverage()} is {@link Coverage#NOTHING}. */
    public byte[] bytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns what of the body is signed. */
    public Coverage coverage() {
        return coverage;
    }

    /** Returns in which form the signed bytes were found. */
    public SignedForm signedForm() {
        return form;
    }

    /** Returns the name of the endpoint. */
    public String endpoint() {
        return endpoint;
    }

    /** Returns which secret matched: 0 for the newest. */
    public int matchedSecret() {
        return matchedSecret;
    }

    /** Returns the time of verification, by the endpoint's clock. */
    public Instant verifiedAt() {
        return verifiedAt;
    }

    /** Returns the signed time of the attempt; null if the provider signs none beside its payload. */
    public @Nullable Instant signedAt() {
        return signedAt;
    }

    /** Returns the signed id of the delivery; null if the provider signs none beside its payload. */
    public @Nullable String deliveryId() {
        return deliveryId;
    }

    /** Returns the event's name if it is <strong>not signed</strong>; null if it is signed, or if the event has no name. */
    public @Nullable String unsignedEventName() {
        return unsignedEventName;
    }

    /** Returns the documented members beside the signed part that are of another kind than documented. */
    public Set<String> unexpectedMembers() {
        return unexpectedMembers;
    }

    /** Returns the declared headers that are <strong>not signed</strong>, by name in any case. */
    public Map<String, List<String>> unsignedHeaders() {
        return unsignedHeaders;
    }

    /** Returns the value of a declared header that is <strong>not signed</strong>; null without one, or with several. */
    public @Nullable String unsignedHeader(String name) {
        List<String> values = unsignedHeaders.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    /**
     * Returns all of it as bytes, for {@link #ofStored}: a version, then a JSON object with the facts, then the signed
     * bytes. It contains neither a secret nor a signature, but what the provider sent in clear.
     */
    public byte[] toStored() {
        try {
            byte[] facts = JSON.writeValueAsBytes(new Facts(
                    endpoint,
                    coverage,
                    form,
                    matchedSecret,
                    verifiedAt.toString(),
                    signedAt == null ? null : signedAt.toString(),
                    deliveryId,
                    unsignedEventName,
                    unexpectedMembers,
                    unsignedHeaders));
            return ByteBuffer.allocate(PREAMBLE_BYTES + facts.length + to - from)
                    .put(FORMAT)
                    .putInt(facts.length)
                    .put(facts)
                    .put(bytes, from, to - from)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes it again from what {@link #toStored} returned. <strong>Nothing is verified: anyone who can write to the place
     * where it was stored is trusted</strong> as the sender is. It is the one way to a delivery without a signature, for
     * an inbox, and no request may reach it.
     *
     * @throws IllegalArgumentException if the bytes are not such content, or of a later version
     */
    public static SignedContent ofStored(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        if (stored.length < PREAMBLE_BYTES || buffer.get() != FORMAT) {
            throw new IllegalArgumentException("Not a stored delivery, or one of a later version of Hookseal");
        }
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("A stored delivery that is not complete: " + stored.length + " bytes");
        }
        try {
            Facts facts = JSON.readValue(stored, PREAMBLE_BYTES, length, Facts.class);
            return new SignedContent(Arrays.copyOfRange(stored, PREAMBLE_BYTES + length, stored.length), facts);
        } catch (IOException | DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("Not a stored delivery", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedContent that
                && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to)
                && coverage == that.coverage
                && form == that.form
                && endpoint.equals(that.endpoint)
                && matchedSecret == that.matchedSecret
                && verifiedAt.equals(that.verifiedAt)
                && Objects.equals(signedAt, that.signedAt)
                && Objects.equals(deliveryId, that.deliveryId)
                && Objects.equals(unsignedEventName, that.unsignedEventName)
                && unexpectedMembers.equals(that.unexpectedMembers)
                && unsignedHeaders.equals(that.unsignedHeaders);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, verifiedAt, to - from);
    }

    @Override
    public String toString() {
        return "SignedContent[" + endpoint + ", " + (to - from) + " bytes]";
    }

    /** All but the bytes. Times are texts, so that the JSON library needs no module for them. */
    private record Facts(
            @JsonProperty("endpoint") String endpoint,
            @JsonProperty("coverage") Coverage coverage,
            @JsonProperty("form") SignedForm form,
            @JsonProperty("secret") int matchedSecret,
            @JsonProperty("verifiedAt") String verifiedAt,
            @JsonProperty("signedAt") @Nullable String signedAt,
            @JsonProperty("id") @Nullable String deliveryId,
            @JsonProperty("event") @Nullable String unsignedEventName,
            @JsonProperty("unexpected") Set<String> unexpectedMembers,
            @JsonProperty("headers") Map<String, List<String>> unsignedHeaders) {}
}
