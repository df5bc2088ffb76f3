package dev.hookseal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against signatures and keys of Node.js's crypto, see core/src/test/node/make-algorithm-vectors.mjs. */
class VerificationKeyTest {
    private static final JsonNode VECTORS = read();
    private static final byte[] MESSAGE =
            Base64.getDecoder().decode(VECTORS.required("message").textValue());

    private static JsonNode read() {
        try (InputStream in = VerificationKeyTest.class.getResourceAsStream("/vectors/algorithms.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> signatures() {
        List<Arguments> all = new ArrayList<>();
        VECTORS.required("signatures").forEach(vector -> {
            SignatureAlgorithm algorithm =
                    SignatureAlgorithm.valueOf(vector.required("algorithm").textValue());
            byte[] signature =
                    HexFormat.of().parseHex(vector.required("signature").textValue());
            vector.required("keys").forEach(key -> all.add(Arguments.of(algorithm, key.textValue(), signature)));
        });
        return all.stream();
    }

    private static VerificationKey key(SignatureAlgorithm algorithm, String text) {
        return algorithm.isAsymmetric()
                ? VerificationKey.publicKey(algorithm, SigningSecret.ofUtf8(text))
                : VerificationKey.hmac(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void takesWhatNodeSigned(SignatureAlgorithm algorithm, String key, byte[] signature) {
        assertThat(key(algorithm, key).matches(SignedMessage.of(MESSAGE), List.of(signature)))
                .isTrue();
        assertThat(key(algorithm, key + "\n").algorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void rejectsAnotherMessageAndEveryOtherSignature(SignatureAlgorithm algorithm, String text, byte[] signature) {
        VerificationKey key = key(algorithm, text);
        byte[] other = MESSAGE.clone();
        other[0] ^= 1;

        assertThat(key.matches(SignedMessage.of(other), List.of(signature))).isFalse();
        for (int bit = 0; bit < 8 * signature.length; bit += 7) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.matches(SignedMessage.of(MESSAGE), List.of(changed))).isFalse();
        }
        for (int length : List.of(0, 1, signature.length - 1, signature.length + 1)) {
            byte[] cut = java.util.Arrays.copyOf(signature, length);
            assertThat(key.matches(SignedMessage.of(MESSAGE), List.of(cut))).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void takesAnyOfSeveralSignatures(SignatureAlgorithm algorithm, String text, byte[] signature) {
        assertThat(key(algorithm, text).matches(SignedMessage.of(MESSAGE), List.of(new byte[64], signature)))
                .isTrue();
    }

    static Stream<Arguments> wrongKeys() {
        return StreamSupport.stream(VECTORS.required("wrongKeys").spliterator(), false)
                .map(wrong -> Arguments.of(
                        wrong.required("why").textValue(),
                        SignatureAlgorithm.valueOf(wrong.required("algorithm").textValue()),
                        wrong.required("key").textValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongKeys")
    void rejectsAKeyThatCannotBeRight(String why, SignatureAlgorithm algorithm, String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.publicKey(algorithm, key))
                .withMessageContaining("it is ")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(key));
    }

    @Test
    void rejectsAnEmptyKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.hmac(SignatureAlgorithm.HMAC_SHA256, new byte[0]));
    }

    @Test
    void aTokenIsComparedAndCoversNothing() throws WebhookRejectedException {
        SigningSecret secret = SigningSecret.ofUtf8("the token");
        SignatureScheme scheme = new SignatureScheme() {
            @Override
            public List<String> headers() {
                return List.of("X-Token");
            }

            @Override
            public SignatureClaim claim(dev.hookseal.request.WebhookRequest request) {
                throw new AssertionError();
            }

            @Override
            public VerificationKey key(SigningSecret each) {
                return VerificationKey.token(each);
            }
        };
        SignatureCheck check = new SignatureCheck(scheme, "shop");

        SignedContent content = check.verify(token("the token"), List.of(secret), Instant.EPOCH, Map.of());

        assertThat(content.coverage()).isEqualTo(Coverage.NOTHING);
        for (String wrong : List.of("", "the toke", "the token ", "The token")) {
            assertThat(rejection(check, token(wrong), secret)).isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
        }
    }

    private static SignatureClaim token(String text) {
        return SignatureClaim.of(
                SignatureAlgorithm.TOKEN, List.of(text.getBytes(StandardCharsets.UTF_8)), SignedMessage.of(MESSAGE));
    }

    private static RejectionReason rejection(SignatureCheck check, SignatureClaim claim, SigningSecret secret) {
        try {
            check.verify(claim, List.of(secret), Instant.EPOCH, Map.of());
            throw new AssertionError("accepted");
        } catch (WebhookRejectedException e) {
            return e.reason();
        }
    }
}
