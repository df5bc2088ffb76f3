package dev.hookseal.signature;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.SECRET_MISSING;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.Signer;
import dev.hookseal.request.WebhookRejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {
    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final SigningSecret NEWEST = SigningSecret.ofUtf8("newest");
    private static final SigningSecret OLDER = SigningSecret.ofUtf8("older");
    private static final SigningSecret OLDEST = SigningSecret.ofUtf8("oldest");
    private static final SignatureScheme SCHEME =
            SignatureScheme.of(SignatureHeader.hex("X-Signature"), request -> SignedMessage.of(request.body()));

    private final SignatureCheck check = new SignatureCheck(SCHEME, "shop");

    @Test
    void tellsWhichSecretMatched() throws Exception {
        List<SigningSecret> secrets = List.of(NEWEST, OLDER, OLDEST);

        assertThat(verify(Signer.hmac("newest", MESSAGE), secrets).matchedSecret())
                .isEqualTo(0);
        assertThat(verify(Signer.hmac("older", MESSAGE), secrets).matchedSecret())
                .isEqualTo(1);
        assertThat(verify(Signer.hmac("oldest", MESSAGE), secrets).matchedSecret())
                .isEqualTo(2);
    }

    @Test
    void tellsTheNewestWhereTwoAreEqual() throws Exception {
        List<SigningSecret> secrets = List.of(OLDER, NEWEST, SigningSecret.ofUtf8("newest"));

        assertThat(verify(Signer.hmac("newest", MESSAGE), secrets).matchedSecret())
                .isEqualTo(1);
    }

    @Test
    void rejectsARetiredSecret() {
        byte[] signature = Signer.hmac("oldest", MESSAGE);

        assertRejected(() -> verify(signature, List.of(NEWEST, OLDER)), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsWithoutASecret() {
        assertRejected(() -> verify(new byte[32], List.of()), SECRET_MISSING);
    }

    @Test
    void rejectsSignaturesOfAnotherLength() {
        byte[] signature = Signer.hmac("newest", MESSAGE);
        for (int length = 0; length < 70; length++) {
            byte[] other = Arrays.copyOf(signature, length);
            if (length != 32) {
                assertRejected(() -> verify(other, List.of(NEWEST)), SIGNATURE_MISMATCH);
            }
        }
    }

    @Test
    void comparesAPartOfAnArray() throws Exception {
        byte[] array = "a message with more around it".getBytes(US_ASCII);
        List<byte[]> signature = List.of(Signer.hmac("newest", MESSAGE));

        assertThat(verify(SignatureClaim.of(signature, SignedMessage.ofPart(array, 2, 9, SignedForm.RAW)), NEWEST)
                        .bytes())
                .isEqualTo(MESSAGE);
        assertRejected(
                () -> verify(SignatureClaim.of(signature, SignedMessage.ofPart(array, 2, 10, SignedForm.RAW)), NEWEST),
                SIGNATURE_MISMATCH);
        assertRejected(
                () -> verify(SignatureClaim.of(signature, SignedMessage.ofPart(array, 1, 8, SignedForm.RAW)), NEWEST),
                SIGNATURE_MISMATCH);
    }

    @Test
    void comparesAMessageOfSeveralParts() throws Exception {
        SignedMessage message = SignedMessage.of("{}".getBytes(US_ASCII))
                .after("/path")
                .after("POST")
                .before("17");
        SignatureClaim claim =
                SignatureClaim.of(List.of(Signer.hmac("newest", "POST/path{}17".getBytes(US_ASCII))), message);

        assertThat(verify(claim, NEWEST).bytes()).isEqualTo("{}".getBytes(US_ASCII));
    }

    @Test
    void takesAnyOfSixteenSignaturesAndNoSeventeenth() throws Exception {
        List<byte[]> signatures = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            signatures.add(new byte[32]);
        }
        signatures.add(Signer.hmac("newest", MESSAGE));
        SignedMessage message = SignedMessage.of(MESSAGE);

        assertThat(verify(SignatureClaim.of(signatures, message), NEWEST).matchedSecret())
                .isZero();

        signatures.add(0, new byte[32]);
        SignatureClaim oneMore = SignatureClaim.of(signatures, message);
        assertRejected(() -> verify(oneMore, NEWEST), SIGNATURE_MISMATCH);
    }

    @Test
    void makesAMessageOnlyIfTheOneBeforeItDidNotMatch() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SignatureClaim claim = SignatureClaim.of(
                Map.of(SignatureAlgorithm.HMAC_SHA256, List.of(Signer.hmac("newest", MESSAGE))),
                List.of(() -> SignedMessage.of(MESSAGE), () -> {
                    made.incrementAndGet();
                    return SignedMessage.of(MESSAGE);
                }));

        verify(claim, NEWEST);
        assertThat(made).hasValue(0);

        assertRejected(() -> verify(claim, OLDER), SIGNATURE_MISMATCH);
        assertThat(made).hasValue(1);
    }

    @Test
    void comparesASignatureWithKeysOfItsAlgorithmAlone() {
        // a token that is the text of an HMAC must not count as one
        SignatureClaim claim = SignatureClaim.of(
                SignatureAlgorithm.TOKEN, List.of(Signer.hmac("newest", MESSAGE)), SignedMessage.of(MESSAGE));

        assertRejected(() -> verify(claim, NEWEST), SIGNATURE_MISMATCH);
    }

    private SignedContent verify(byte[] signature, List<SigningSecret> secrets) throws WebhookRejectedException {
        return check.verify(SignatureClaim.of(List.of(signature), SignedMessage.of(MESSAGE)), secrets, NOW, Map.of());
    }

    private SignedContent verify(SignatureClaim claim, SigningSecret secret) throws WebhookRejectedException {
        return check.verify(claim, List.of(secret), NOW, Map.of());
    }
}
