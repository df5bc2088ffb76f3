package dev.hookseal.extracta;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.SECRET_MISSING;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Signer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractaProviderTest {
    private final ExtractaProvider provider = new ExtractaProvider();

    // the key in the second column is what JavaScript's secret.replace("E_AI_K_", "") gives
    @ParameterizedTest
    @CsvSource({
        "E_AI_K_abc, abc",
        "abc, abc",
        "abcE_AI_K_def, abcdef",
        "E_AI_K_E_AI_K_abc, E_AI_K_abc",
        "E_AI_E_AI_K_K_abc, E_AI_K_abc",
        "abcE_AI_K_, abc",
        "e_ai_k_abc, e_ai_k_abc",
        "E_AI_Kabc, E_AI_Kabc",
        "\u00e9E_AI_K_\u00e9, \u00e9\u00e9"
    })
    void signsWithTheSecretWithoutItsFirstPrefix(String secret, String key) throws Exception {
        WebhookVerifier<ExtractaEvent> verifier = verifier(SecretSource.of(SigningSecret.ofUtf8(secret)));

        assertThat(verifier.verify(signedWith(key)).matchedSecret()).isZero();
        assertRejected(verifier, signedWith(key + "x"), SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsASecretThatIsNothingButThePrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier(SecretSource.of(SigningSecret.ofUtf8("E_AI_K_"))))
                .withMessageContaining("hookseal.endpoints.extracta.secret")
                .withMessageContaining("E_AI_K_");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> verifier(SecretSource.of(SigningSecret.ofUtf8("good"), SigningSecret.ofUtf8("E_AI_K_"))))
                .withMessageContaining("hookseal.endpoints.extracta.secret");
    }

    @Test
    void takesSeveralSecretsAndTellsWhichOneMatched() throws Exception {
        WebhookVerifier<ExtractaEvent> verifier =
                verifier(SecretSource.of(SigningSecret.ofUtf8("E_AI_K_new"), SigningSecret.ofUtf8("E_AI_K_old")));

        assertThat(verifier.verify(signedWith("new")).matchedSecret()).isZero();
        assertThat(verifier.verify(signedWith("old")).matchedSecret()).isEqualTo(1);
    }

    @Test
    void followsASourceThatChangesWhileItRuns() throws Exception {
        ChangingSource source = new ChangingSource("E_AI_K_first");
        WebhookVerifier<ExtractaEvent> verifier = verifier(source);
        assertThat(verifier.verify(signedWith("first")).matchedSecret()).isZero();

        source.change("E_AI_K_second", "E_AI_K_first");
        assertThat(verifier.verify(signedWith("second")).matchedSecret()).isZero();
        assertThat(verifier.verify(signedWith("first")).matchedSecret()).isEqualTo(1);

        source.change("E_AI_K_second");
        assertRejected(verifier, signedWith("first"), SIGNATURE_MISMATCH);

        source.change();
        assertRejected(verifier, signedWith("second"), SECRET_MISSING);
    }

    @Test
    void neverSignsWithAnEmptyKeyThatASourceChangedTo() {
        ChangingSource source = new ChangingSource("E_AI_K_first");
        WebhookVerifier<ExtractaEvent> verifier = verifier(source);

        source.change("E_AI_K_");

        assertRejected(verifier, signedWith("first"), SECRET_MISSING);
    }

    private static final class ChangingSource implements SecretSource {
        private final AtomicReference<List<SigningSecret>> secrets = new AtomicReference<>();

        ChangingSource(String... secrets) {
            change(secrets);
        }

        void change(String... texts) {
            secrets.set(List.of(texts).stream().map(SigningSecret::ofUtf8).toList());
        }

        @Override
        public List<SigningSecret> secretsFor(String eventType) {
            return secrets.get();
        }

        @Override
        public boolean differsByEventType() {
            return false;
        }
    }

    @Test
    void rejectsSettingsThatHaveNoMeaning() {
        assertRejectedSetting(settings().tolerance(Duration.ofMinutes(5)), "hookseal.endpoints.extracta.tolerance");
        assertRejectedSetting(settings().replayWindow(Duration.ofDays(1)), "hookseal.endpoints.extracta.replay-window");
        assertRejectedSetting(
                settings()
                        .secrets(SecretSource.byEventType(
                                Map.of("extraction.processed", List.of(SigningSecret.ofUtf8("x"))))),
                "hookseal.endpoints.extracta.secrets");
    }

    private void assertRejectedSetting(EndpointSettings.Builder settings, String property) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookVerifier.of(provider, settings.build()))
                .withMessageContaining(property);
    }

    @Test
    void givesNoDeliveryKeyUnlessARepeatWindowIsSet() throws Exception {
        WebhookRequest request =
                Deliveries.extracta(Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT), EXTRACTA_RESULT);

        assertThat(WebhookVerifier.of(provider, settings().build())
                        .verify(request)
                        .deliveryKey())
                .isNull();
        assertThat(WebhookVerifier.of(
                                provider,
                                settings().repeatWindow(Duration.ofMinutes(2)).build())
                        .verify(request)
                        .deliveryKey())
                .satisfies(key -> {
                    assertThat(key.value()).startsWith("extracta:sha256:");
                    assertThat(key.retention()).isEqualTo(Duration.ofMinutes(2));
                });
    }

    @Test
    void documentsItsEvents() {
        assertThat(provider.eventNames())
                .containsExactlyInAnyOrder(
                        "extraction.processed", "extraction.edited", "extraction.confirmed", "extraction.failed");
    }

    @ParameterizedTest
    @CsvSource({
        "extraction.processed, true",
        "classification.processed, true",
        "extraction.procesed, false",
        "extraction.Processed, false",
        "processed, false",
        ".processed, false",
        "'', false"
    })
    void knowsWhichEventsMayCome(String name, boolean may) {
        assertThat(provider.supportsEvent(name)).isEqualTo(may);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "12", "null", "{}", "[1,null]", "{\"files\":[]}"})
    void handsOverTheResultOfAnUnknownEventWhateverItsShape(String result) throws Exception {
        ExtractaEvent event = WebhookVerifier.of(provider, settings().build())
                .verify(Deliveries.extracta(Deliveries.extractaBody("classification.processed", result), result))
                .event();

        assertThat(event.unsignedType()).isEqualTo(ExtractaEventType.UNKNOWN);
        assertThat(event.unsignedTypeName()).isEqualTo("classification.processed");
        assertThat(event.files()).isEmpty();
        assertThat(event.result().json()).isEqualTo(result);
    }

    @Test
    void readsIdentifiersThatAreNumbersAsTheirText() throws Exception {
        String result = "[{\"extractionId\":12,\"batchId\":-1.5,\"fileId\":9007199254740992,\"fileName\":1}]";

        ExtractaFile file = files(result).get(0);

        assertThat(file.extractionId()).isEqualTo("12");
        assertThat(file.batchId()).isEqualTo("-1.5");
        assertThat(file.fileId()).isEqualTo("9007199254740992");
        assertThat(file.fileName()).isEqualTo("1");
    }

    @Test
    void takesMembersThatAreAbsentOrNullOrUnknown() throws Exception {
        List<ExtractaFile> files = files("[{},{\"result\":null,\"url\":null,\"pages\":[{}],\"result2\":1}]");

        assertThat(files).hasSize(2).allSatisfy(ExtractaProviderTest::assertHasNothing);
        assertThat(files.get(1).toJson().asMap()).containsKeys("pages", "result2");
    }

    private static void assertHasNothing(ExtractaFile file) {
        assertThat(Arrays.asList(
                        file.extractionId(),
                        file.batchId(),
                        file.fileId(),
                        file.fileName(),
                        file.status(),
                        file.result(),
                        file.url()))
                .containsOnlyNulls();
    }

    @Test
    void givesEveryDocumentedMemberOfEveryFile() throws Exception {
        ExtractaFile file = files(EXTRACTA_RESULT).get(0);

        assertThat(file.extractionId()).isEqualTo("extractionId");
        assertThat(file.batchId()).isEqualTo("batchId");
        assertThat(file.fileId()).isEqualTo("fileId");
        assertThat(file.fileName()).isEqualTo("fileName");
        assertThat(file.status()).isEqualTo("processed");
        assertThat(file.url()).isEqualTo("fileUrl");
        assertThat(file.result().asMap())
                .containsOnlyKeys("total", "payer", "paid", "lines")
                .containsEntry("total", 12)
                .containsEntry("payer", "Zo\u00eb \ud83d\ude00")
                .containsEntry("paid", true);
        assertThat(file.toJson().json()).isEqualTo(EXTRACTA_RESULT.substring(1, EXTRACTA_RESULT.length() - 1));
    }

    @ParameterizedTest
    @EnumSource(value = ExtractaEventType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void givesEveryDocumentedEvent(ExtractaEventType type) throws Exception {
        ExtractaEvent event = verified(type.wireName(), EXTRACTA_RESULT).event();

        assertThat(event.unsignedType()).isEqualTo(type);
        assertThat(event.unsignedTypeName()).isEqualTo(type.wireName());
        assertThat(event.files()).hasSize(1);
        assertThat(event.result().json()).isEqualTo(EXTRACTA_RESULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fileId\":\"a\"}", "null", "\"x\"", "0", "true"})
    void takesAResultThatIsNotAListForOneWithoutFiles(String result) throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook = verified("extraction.processed", result);

        assertThat(webhook.event().files()).isEmpty();
        assertThat(webhook.event().result().json()).isEqualTo(result);
        assertThat(webhook.payload().json()).isEqualTo(result);
        assertThat(webhook.unexpectedMembers()).containsExactly("result");
    }

    @Test
    void takesAnElementThatIsNotAnObjectForAFileWithoutMembers() throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook =
                verified("extraction.processed", "[null,\"fileId\",{\"fileId\":\"f\"},[{}],7]");
        List<ExtractaFile> files = webhook.event().files();

        assertThat(files).extracting(ExtractaFile::fileId).containsExactly(null, null, "f", null, null);
        assertThat(files)
                .extracting(file -> file.toJson().json())
                .containsExactly("null", "\"fileId\"", "{\"fileId\":\"f\"}", "[{}]", "7");
        assertHasNothing(files.get(1));
        assertThat(webhook.unexpectedMembers()).containsExactly("result[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extractionId", "batchId", "fileId", "fileName", "status", "url"})
    void takesAMemberOfAnotherKindForAnAbsentOne(String member) throws Exception {
        for (String value : List.of("true", "false", "{}", "[\"x\"]")) {
            VerifiedWebhook<ExtractaEvent> webhook =
                    verified("extraction.failed", "[{\"" + member + "\":" + value + "},{\"" + member + "\":\"kept\"}]");

            assertHasNothing(webhook.event().files().get(0));
            assertThat(webhook.event().files().get(1).toJson().asMap()).containsEntry(member, "kept");
            assertThat(webhook.unexpectedMembers()).containsExactly("result[]." + member);
        }
    }

    @Test
    void notesNothingOfAMemberWhoseLastValueIsAsDocumented() throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook =
                verified("extraction.edited", "[{\"fileId\":{},\"fileId\":\"b\"}]", "[{\"fileId\":\"b\"}]");

        assertThat(webhook.event().files().get(0).fileId()).isEqualTo("b");
        assertThat(webhook.unexpectedMembers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, event", "{}, event", "true, event", "null,", "'\"extraction.new\"',"})
    void notesATypeThatIsNotAString(String event, @Nullable String noted) throws Exception {
        VerifiedWebhook<ExtractaEvent> webhook = WebhookVerifier.of(
                        provider, settings().build())
                .verify(Deliveries.extracta("{\"event\":" + event + ",\"result\":[]}", "[]"));

        assertThat(webhook.unexpectedMembers()).isEqualTo(noted == null ? Set.of() : Set.of(noted));
    }

    private VerifiedWebhook<ExtractaEvent> verified(String event, String result) throws Exception {
        return verified(event, result, result);
    }

    private VerifiedWebhook<ExtractaEvent> verified(String event, String result, String signed) throws Exception {
        return WebhookVerifier.of(provider, settings().build())
                .verify(Deliveries.extracta(Deliveries.extractaBody(event, result), signed));
    }

    @Test
    void takesTheLastOfAMemberThatStandsTwice() throws Exception {
        String result = "[{\"fileId\":\"a\",\"result\":{\"x\":1},\"fileId\":\"b\",\"result\":{\"y\":2}}]";
        String signed = "[{\"fileId\":\"b\",\"result\":{\"y\":2}}]";
        WebhookRequest request = Deliveries.extracta(Deliveries.extractaBody("extraction.edited", result), signed);

        ExtractaFile file = WebhookVerifier.of(provider, settings().build())
                .verify(request)
                .event()
                .files()
                .get(0);

        assertThat(file.fileId()).isEqualTo("b");
        assertThat(file.result()).hasToString("JsonData[7 bytes]");
        assertThat(file.result().asMap()).containsExactly(Map.entry("y", 2));
    }

    @Test
    void givesFilesThatCannotBeChanged() throws Exception {
        assertThat(files(EXTRACTA_RESULT)).isUnmodifiable();
    }

    private List<ExtractaFile> files(String result) throws Exception {
        return WebhookVerifier.of(provider, settings().build())
                .verify(Deliveries.extracta(Deliveries.extractaBody("extraction.processed", result), result))
                .event()
                .files();
    }

    private static EndpointSettings.Builder settings() {
        return Deliveries.extractaSettings();
    }

    private WebhookVerifier<ExtractaEvent> verifier(SecretSource secrets) {
        return WebhookVerifier.of(provider, settings().secrets(secrets).build());
    }

    private static WebhookRequest signedWith(String key) {
        String signature = Base64.getEncoder().encodeToString(Signer.hmac(key, EXTRACTA_RESULT.getBytes(UTF_8)));
        return Requests.post(
                ExtractaProvider.SIGNATURE_HEADER,
                signature,
                Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT).getBytes(UTF_8));
    }
}
