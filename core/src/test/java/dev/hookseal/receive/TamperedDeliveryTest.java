package dev.hookseal.receive;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.EXTRACTA_SECRET;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static dev.hookseal.request.RejectionReason.PAYLOAD_MALFORMED;
import static dev.hookseal.request.RejectionReason.PAYLOAD_UNEXPECTED;
import static dev.hookseal.request.RejectionReason.SECRET_MISSING;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Rejections;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries that differ from the sender's by one bit or byte. */
class TamperedDeliveryTest {
    private static final byte[] FORMFLOW = FORMFLOW_BODY.getBytes(UTF_8);
    private static final String FORMFLOW_SIGNATURE = Signer.formFlow(FORMFLOW_SECRET, FORMFLOW);
    private static final WebhookVerifier<FormFlowEvent> FORMFLOW_VERIFIER = WebhookVerifier.of(
            new FormFlowProvider(), Deliveries.formFlowSettings().build());

    private static final String EXTRACTA_BODY = Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT);
    private static final byte[] EXTRACTA = EXTRACTA_BODY.getBytes(UTF_8);
    private static final int RESULT_START = EXTRACTA.length - 1 - EXTRACTA_RESULT.getBytes(UTF_8).length;
    private static final int RESULT_END = EXTRACTA.length - 1;
    private static final String EXTRACTA_SIGNATURE = Signer.extracta(EXTRACTA_SECRET, EXTRACTA_RESULT.getBytes(UTF_8));
    private static final WebhookVerifier<ExtractaEvent> EXTRACTA_VERIFIER = WebhookVerifier.of(
            new ExtractaProvider(), Deliveries.extractaSettings().build());

    private static final byte[] INSERTED = {'x', '"', 0, (byte) 0xFF, '{'};
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void acceptsTheDeliveriesAsTheyWereSent() throws Exception {
        assertThat(FORMFLOW_VERIFIER
                        .verify(formFlow(FORMFLOW, FORMFLOW_SIGNATURE))
                        .event()
                        .typeName())
                .isEqualTo("extracted");
        assertThat(EXTRACTA_VERIFIER
                        .verify(extracta(EXTRACTA, EXTRACTA_SIGNATURE))
                        .event()
                        .files())
                .hasSize(1);
    }

    @Test
    void rejectsEveryBitOfAFormFlowBody() {
        flips(FORMFLOW, 0, FORMFLOW.length)
                .forEach(body -> assertRejected(formFlow(body, FORMFLOW_SIGNATURE), SIGNATURE_MISMATCH));
    }

    @Test
    void rejectsEveryByteCutFromOrInsertedIntoAFormFlowBody() {
        cutsAndInsertions(FORMFLOW, 0, FORMFLOW.length)
                .forEach(body -> assertRejected(formFlow(body, FORMFLOW_SIGNATURE), SIGNATURE_MISMATCH));
        assertRejected(formFlow(new byte[0], FORMFLOW_SIGNATURE), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsEveryBitOfAFormFlowBodyThatChoosesItsSecret() {
        WebhookVerifier<FormFlowEvent> verifier = WebhookVerifier.of(
                new FormFlowProvider(),
                Deliveries.formFlowSettings()
                        .secrets(SecretSource.byEventType(
                                Map.of("extracted", List.of(SigningSecret.ofUtf8(FORMFLOW_SECRET)))))
                        .build());
        int typeStart = FORMFLOW_BODY.indexOf("extracted");
        int typeEnd = typeStart + "extracted".length();
        for (int bit = 0; bit < 8 * FORMFLOW.length; bit++) {
            byte[] body = flipped(FORMFLOW, bit);
            // nothing is read behind the type before the signature holds
            Set<RejectionReason> expected = bit / 8 > typeEnd
                    ? Set.of(SIGNATURE_MISMATCH)
                    : Set.of(SIGNATURE_MISMATCH, SECRET_MISSING, PAYLOAD_MALFORMED, PAYLOAD_UNEXPECTED);
            assertThatThrownBy(() -> verifier.verify(formFlow(body, FORMFLOW_SIGNATURE)))
                    .isInstanceOfSatisfying(
                            WebhookRejectedException.class,
                            rejection -> assertThat(expected).contains(rejection.reason()));
        }
    }

    @Test
    void rejectsEveryBitOfAFormFlowSignature() {
        flips(FORMFLOW_SIGNATURE.getBytes(ISO_8859_1), 0, 64)
                .map(bytes -> new String(bytes, ISO_8859_1))
                .forEach(signature -> assertRejected(
                        formFlow(FORMFLOW, signature),
                        signature.matches("[0-9a-f]{64}") ? SIGNATURE_MISMATCH : SIGNATURE_MALFORMED));
    }

    @Test
    void rejectsFormFlowSignaturesOfAnotherLength() {
        cutsAndInsertions(FORMFLOW_SIGNATURE.getBytes(ISO_8859_1), 0, 64)
                .map(bytes -> new String(bytes, ISO_8859_1))
                .forEach(signature -> assertRejected(formFlow(FORMFLOW, signature), SIGNATURE_MALFORMED));
    }

    @Test
    void rejectsAnotherEventTypeOrTimeOrSecret() {
        for (String body : List.of(
                Deliveries.formFlowBody("export", "2023-10-28T12:00:00.000Z"),
                Deliveries.formFlowBody("extracted", "2023-10-28T12:00:00.001Z"))) {
            assertRejected(formFlow(body.getBytes(UTF_8), FORMFLOW_SIGNATURE), SIGNATURE_MISMATCH);
        }
        assertRejected(formFlow(FORMFLOW, Signer.formFlow(FORMFLOW_SECRET + " ", FORMFLOW)), SIGNATURE_MISMATCH);
        assertRejected(formFlow(FORMFLOW, Signer.formFlow(EXTRACTA_SECRET, FORMFLOW)), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsTheSecretOfAnotherEvent() {
        WebhookVerifier<FormFlowEvent> verifier = WebhookVerifier.of(
                new FormFlowProvider(),
                Deliveries.formFlowSettings()
                        .secrets(SecretSource.byEventType(Map.of(
                                "extracted", List.of(SigningSecret.ofUtf8("of-extracted")),
                                "export", List.of(SigningSecret.ofUtf8("of-export")))))
                        .build());

        Rejections.assertRejected(
                verifier, formFlow(FORMFLOW, Signer.formFlow("of-export", FORMFLOW)), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsEveryBitOfAnExtractaResult() {
        flips(EXTRACTA, RESULT_START, RESULT_END)
                .forEach(body -> assertRejected(
                        extracta(body, EXTRACTA_SIGNATURE), isJson(body) ? SIGNATURE_MISMATCH : PAYLOAD_MALFORMED));
    }

    @Test
    void rejectsEveryByteCutFromOrInsertedIntoAnExtractaResult() {
        cutsAndInsertions(EXTRACTA, RESULT_START, RESULT_END)
                .forEach(body -> assertRejected(
                        extracta(body, EXTRACTA_SIGNATURE), isJson(body) ? SIGNATURE_MISMATCH : PAYLOAD_MALFORMED));
    }

    @Test
    void rejectsEveryBitOfAnExtractaSignature() {
        flips(EXTRACTA_SIGNATURE.getBytes(ISO_8859_1), 0, 44)
                .map(bytes -> new String(bytes, ISO_8859_1))
                .forEach(signature -> assertRejected(
                        extracta(EXTRACTA, signature),
                        isCanonicalBase64(signature) ? SIGNATURE_MISMATCH : SIGNATURE_MALFORMED));
    }

    @Test
    void rejectsExtractaSignaturesOfAnotherLength() {
        cutsAndInsertions(EXTRACTA_SIGNATURE.getBytes(ISO_8859_1), 0, 44)
                .map(bytes -> new String(bytes, ISO_8859_1))
                .forEach(signature -> assertRejected(extracta(EXTRACTA, signature), SIGNATURE_MALFORMED));
    }

    @Test
    void rejectsTheWholeExtractaSecretAsItsKey() {
        String signature =
                Base64.getEncoder().encodeToString(Signer.hmac(EXTRACTA_SECRET, EXTRACTA_RESULT.getBytes(UTF_8)));

        assertRejected(extracta(EXTRACTA, signature), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsASignatureOverTheWholeExtractaBody() {
        assertRejected(extracta(EXTRACTA, Signer.extracta(EXTRACTA_SECRET, EXTRACTA)), SIGNATURE_MISMATCH);
    }

    // None of this is signed, which docs/vectors.md and ExtractaEvent tell: no receiver can reject it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"extraction.confirmed\",\"result\":%s}",
                "{\"event\":\"classification.processed\",\"result\":%s}",
                "{\"event\":null,\"result\":%s}",
                "{\"result\":%s}",
                "{\"more\":[1],\"event\":\"extraction.edited\",\"result\":%s,\"and\":{}}",
                "{\"result\":0,\"result\":%s}",
                " {\n\"result\" :\t%s } "
            })
    void acceptsAChangeBesideTheExtractaResult(String form) throws Exception {
        byte[] body = form.formatted(EXTRACTA_RESULT).getBytes(UTF_8);

        VerifiedWebhook<ExtractaEvent> webhook = EXTRACTA_VERIFIER.verify(extracta(body, EXTRACTA_SIGNATURE));

        assertThat(webhook.signedForm()).isEqualTo(SignedForm.RAW);
        assertThat(webhook.event().result().json()).isEqualTo(EXTRACTA_RESULT);
    }

    @Test
    void acceptsAnotherSpellingOfTheSameExtractaResult() throws Exception {
        String spelt = EXTRACTA_RESULT
                .replace("12", "1.2E1")
                .replace("\u00eb", "\\u00EB")
                .replace(",", " , ");
        byte[] body = Deliveries.extractaBody("extraction.processed", spelt).getBytes(UTF_8);

        VerifiedWebhook<ExtractaEvent> webhook = EXTRACTA_VERIFIER.verify(extracta(body, EXTRACTA_SIGNATURE));

        assertThat(webhook.signedForm()).isEqualTo(SignedForm.ECMASCRIPT);
        assertThat(webhook.event().result().json()).isEqualTo(EXTRACTA_RESULT);
    }

    @Test
    void rejectsAResultThatIsNotTheLast() {
        String body = "{\"result\":" + EXTRACTA_RESULT + ",\"res\\u0075lt\":[]}";

        assertRejected(extracta(body.getBytes(UTF_8), EXTRACTA_SIGNATURE), SIGNATURE_MISMATCH);
    }

    private static void assertRejected(Delivery delivery, RejectionReason reason) {
        Rejections.assertRejected(delivery.verifier(), delivery, reason);
    }

    private static Delivery formFlow(byte[] body, String signature) {
        return new Delivery(FORMFLOW_VERIFIER, Requests.post(FormFlowProvider.SIGNATURE_HEADER, signature, body));
    }

    private static Delivery extracta(byte[] body, String signature) {
        return new Delivery(EXTRACTA_VERIFIER, Requests.post(ExtractaProvider.SIGNATURE_HEADER, signature, body));
    }

    private record Delivery(WebhookVerifier<?> verifier, WebhookRequest request) implements WebhookRequest {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public List<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public byte[] body() throws WebhookRejectedException {
            return request.body();
        }
    }

    private static Stream<byte[]> flips(byte[] bytes, int from, int to) {
        List<byte[]> all = new ArrayList<>();
        for (int bit = 8 * from; bit < 8 * to; bit++) {
            all.add(flipped(bytes, bit));
        }
        return all.stream();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return changed;
    }

    private static Stream<byte[]> cutsAndInsertions(byte[] bytes, int from, int to) {
        List<byte[]> all = new ArrayList<>();
        for (int at = from; at < to; at++) {
            byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
            System.arraycopy(bytes, at + 1, cut, at, bytes.length - at - 1);
            all.add(cut);
        }
        for (int at = from; at <= to; at++) {
            for (byte inserted : INSERTED) {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                longer[at] = inserted;
                all.add(longer);
            }
        }
        return all.stream();
    }

    private static boolean isJson(byte[] body) {
        try {
            STRICT.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isCanonicalBase64(String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            return bytes.length == 32
                    && Base64.getEncoder().encodeToString(bytes).equals(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
