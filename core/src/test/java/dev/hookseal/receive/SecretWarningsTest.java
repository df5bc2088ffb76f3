package dev.hookseal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.provider.DoorbellProvider;
import dev.hookseal.formflow.FormFlowEventType;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What the start says of secrets that are likely to be wrong, whatever the framework. */
class SecretWarningsTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("s3cr3t");

    @Test
    void namesTheDocumentedEventsWithoutASecretOnce() {
        assertThat(warnings(SecretSource.byEventType(
                        Map.of("extracted", List.of(SECRET), "export", List.of(SECRET), "new-event", List.of(SECRET)))))
                .containsExactly("Endpoint formflow has no secret for these events of formflow, and answers them with"
                        + " 401: error-export, error-pre-processing, error-processing, validation-success. Set"
                        + " hookseal.endpoints.formflow.secrets.<event> for each one that you subscribe to");
    }

    @Test
    void saysNothingWhereEveryEventHasASecret() {
        Map<String, List<SigningSecret>> all = new HashMap<>();
        Arrays.stream(FormFlowEventType.values()).forEach(type -> all.put(type.wireName(), List.of(SECRET)));

        assertThat(warnings(SecretSource.byEventType(all))).isEmpty();
        assertThat(warnings(SecretSource.of(SECRET))).isEmpty();
    }

    @Test
    void asksNoSourceThatMayChange() {
        assertThat(warnings(type -> {
                    throw new AssertionError("asked for " + type);
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t\n", "s3cr3t\r\n", "s3cr3t\r"})
    void warnsOfALineBreakAtTheEnd(String text) {
        assertThat(warnings(SecretSource.of(SigningSecret.ofUtf8(text))))
                .containsExactly(
                        "hookseal.endpoints.formflow.secret ends with a line break, which counts as part of the"
                                + " secret, so that no signature will match. Write the file without one (printf, not echo), or"
                                + " strip the text that you read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t ", " s3cr3t", "\ts3cr3t", "\ns3cr3t"})
    void warnsOfOtherWhiteSpace(String text) {
        SigningSecret spaced = SigningSecret.ofUtf8(text);

        assertThat(warnings(SecretSource.of(SECRET, spaced)))
                .containsExactly(
                        "hookseal.endpoints.formflow.secrets[1] begins or ends with white space, which counts as"
                                + " part of the secret");
        assertThat(warnings(SecretSource.byEventType(Map.of("export", List.of(spaced, SECRET)))))
                .anyMatch(line -> line.startsWith("hookseal.endpoints.formflow.secrets.export[0] begins or ends"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"s3cr3t\"", "'s3cr3t'"})
    void warnsOfQuotationMarks(String text) {
        assertThat(warnings(SecretSource.of(SigningSecret.ofUtf8(text))))
                .containsExactly("hookseal.endpoints.formflow.secret is in quotation marks, which count as part of the"
                        + " secret: remove them, if they are not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"s3cr3t", "s3cr3t'", "'s3cr3t\"", "\""})
    void saysNothingOfAQuotationMarkAlone(String text) {
        assertThat(warnings(SecretSource.of(SigningSecret.ofUtf8(text)))).isEmpty();
    }

    @Test
    void warnsForEveryProvider() {
        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            WebhookReceiver.of(
                    new ExtractaProvider(),
                    EndpointSettings.builder("extracta")
                            .secret(SigningSecret.ofUtf8("E_AI_K_s\n"))
                            .build());

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("hookseal.endpoints.extracta.secret ends with a line break");
        }
    }

    @Test
    void warnsOfAPlainTokenOnce() {
        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            WebhookReceiver.of(
                    new DoorbellProvider(),
                    EndpointSettings.builder("door").secret(SECRET).build());

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("Endpoint door checks a plain token and no signature: the body is not covered");
        }
    }

    private static List<String> warnings(SecretSource secrets) {
        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            WebhookReceiver.of(
                    new FormFlowProvider(),
                    EndpointSettings.builder("formflow").secrets(secrets).build());
            assertThat(log.messages()).noneMatch(line -> line.contains("s3cr3t"));
            return log.messages(Level.WARN);
        }
    }
}
