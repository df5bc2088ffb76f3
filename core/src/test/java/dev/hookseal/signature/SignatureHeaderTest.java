package dev.hookseal.signature;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISSING;
import static dev.hookseal.request.RejectionReason.SIGNATURE_REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.request.WebhookRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureHeaderTest {
    private static final String NAME = "X-Signature";
    // SHA-256 of the empty string, from FIPS 180-4's examples
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String BASE64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void readsHex() throws Exception {
        assertThat(SignatureHeader.hex(NAME).read(with(HEX)).get(0))
                .isEqualTo(HexFormat.of().parseHex(HEX))
                .hasSize(32);
    }

    @Test
    void readsBase64() throws Exception {
        assertThat(SignatureHeader.base64(NAME).read(with(BASE64)).get(0))
                .isEqualTo(HexFormat.of().parseHex(HEX));
    }

    @Test
    void findsItsNameInAnyCase() throws Exception {
        assertThat(SignatureHeader.hex("x-SIGNATURE").read(with(HEX)).get(0)).hasSize(32);
    }

    @Test
    void rejectsToBeMissing() {
        WebhookRequest none = Requests.post(List.of(new Header("X-Other", HEX)), new byte[0]);

        assertRejected(() -> SignatureHeader.hex(NAME).read(none), SIGNATURE_MISSING);
        assertRejected(() -> SignatureHeader.base64(NAME).read(none), SIGNATURE_MISSING);
    }

    @Test
    void rejectsSeveralEvenIfTheyAreEqual() {
        WebhookRequest hex = Requests.post(List.of(new Header(NAME, HEX), new Header("x-signature", HEX)), new byte[0]);
        WebhookRequest base64 = Requests.post(List.of(new Header(NAME, BASE64), new Header(NAME, "")), new byte[0]);

        assertRejected(() -> SignatureHeader.hex(NAME).read(hex), SIGNATURE_REPEATED);
        assertRejected(() -> SignatureHeader.base64(NAME).read(base64), SIGNATURE_REPEATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\u0665",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\uff15",
                " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\n",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\u0000",
                "sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
                        + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                BASE64
            })
    void rejectsHexOfAnyOtherForm(String value) {
        assertRejected(() -> SignatureHeader.hex(NAME).read(with(value)), SIGNATURE_MALFORMED);
    }

    // RFC 4648: section 4 for the alphabet, 3.2 for padding, 3.3 for other characters, 3.5 for unused bits
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU==",
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFW=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFX=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFVV",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS====",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu=FU",
                "=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                " 7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5\n\rCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF\u00dc=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF\u0455=",
                HEX
            })
    void rejectsBase64OfAnyOtherForm(String value) {
        assertRejected(() -> SignatureHeader.base64(NAME).read(with(value)), SIGNATURE_MALFORMED);
    }

    @Test
    void rejectsAMegabyte() {
        assertRejected(() -> SignatureHeader.hex(NAME).read(with("0".repeat(1 << 20))), SIGNATURE_MALFORMED);
        assertRejected(() -> SignatureHeader.base64(NAME).read(with("A".repeat(1 << 20))), SIGNATURE_MALFORMED);
    }

    @Test
    void takesOneSpellingOfEachSignature() throws Exception {
        Random random = new Random(22);
        for (int i = 0; i < 1_000; i++) {
            byte[] signature = new byte[32];
            random.nextBytes(signature);
            String base64 = Base64.getEncoder().encodeToString(signature);
            String hex = HexFormat.of().formatHex(signature);

            assertThat(SignatureHeader.base64(NAME).read(with(base64)).get(0)).isEqualTo(signature);
            assertThat(SignatureHeader.hex(NAME).read(with(hex)).get(0)).isEqualTo(signature);
        }
    }

    private static WebhookRequest with(String value) {
        return Requests.post(NAME, value, new byte[0]);
    }
}
