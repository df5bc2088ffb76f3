package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.extracta.FakeExtractaEvent;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedAsGenuineTest {
    private static final SigningSecret SECRET = SigningSecret.ofUtf8("whsec-test");

    static List<FakeFormFlowEvent> formFlow() {
        return FormFlowEvents.documented();
    }

    static List<FakeExtractaEvent> extracta() {
        return ExtractaEvents.documented();
    }

    @ParameterizedTest
    @MethodSource("formFlow")
    void takesEachEventOfFormFlow(FakeFormFlowEvent event) {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(SecretSource.of(SECRET), Clock.systemUTC());

        assertThat(endpoint.receive(event.signedWith(SECRET))).isEqualTo("handled");
    }

    @ParameterizedTest
    @MethodSource("formFlow")
    void takesEachEventOfFormFlowWithASecretOfItsOwn(FakeFormFlowEvent event) {
        SecretSource secrets = secretPerEvent();
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(secrets, Clock.systemUTC());

        assertThat(endpoint.receive(event.signedWith(secrets))).isEqualTo("handled");
    }

    @Test
    void takesATimeHeaderWithinTheTolerance() {
        TestEndpoint<?> endpoint =
                TestEndpoint.formFlow(SecretSource.of(SECRET), settings -> settings.tolerance(Duration.ofMinutes(5)));

        assertThat(endpoint.receive(FormFlowEvents.extracted().signedWith(SECRET)))
                .isEqualTo("handled");
    }

    @Test
    void takesAnEventOfFormFlowThatIsNotDocumented() {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(SecretSource.of(SECRET), Clock.systemUTC());

        assertThat(endpoint.receive(FormFlowEvents.of("archived").signedWith(SECRET)))
                .isEqualTo("handled");
    }

    @Test
    void takesASecondDeliveryOfAnEventAsADuplicate() {
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(SecretSource.of(SECRET), Clock.systemUTC());
        FakeFormFlowEvent event = FormFlowEvents.extracted();
        endpoint.receive(event.signedWith(SECRET));

        assertThat(endpoint.receive(event.signedWith(SECRET))).isEqualTo("duplicate");
    }

    @ParameterizedTest
    @MethodSource("extracta")
    void takesEachEventOfExtracta(FakeExtractaEvent event) {
        TestEndpoint<?> endpoint = TestEndpoint.extracta(SecretSource.of(SECRET));

        assertThat(endpoint.receive(event.signedWith(SECRET))).isEqualTo("handled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"E_AI_K_abc", "abc", "aE_AI_K_b", "abcE_AI_K_", "E_AI_K_E_AI_K_abc", "E_AI_E_AI_K_K_", "ž"})
    void signsForExtractaWithTheSecretLessItsFirstPrefix(String secret) {
        TestEndpoint<?> endpoint = TestEndpoint.extracta(SecretSource.of(SigningSecret.ofUtf8(secret)));

        assertThat(endpoint.receive(ExtractaEvents.processed().signedWith(secret)))
                .isEqualTo("handled");
    }

    @Test
    void signsWithTheNewestOfSeveralSecrets() {
        SecretSource rotating = SecretSource.of(SigningSecret.ofUtf8("newest"), SECRET);
        TestEndpoint<?> endpoint = TestEndpoint.formFlow(rotating, Clock.systemUTC());
        endpoint.receive(FormFlowEvents.extracted().signedWith(rotating));

        assertThat(endpoint.lastHandled().matchedSecret()).isZero();
    }

    static SecretSource secretPerEvent() {
        Map<String, List<SigningSecret>> secrets = new LinkedHashMap<>();
        FormFlowEvents.documented()
                .forEach(event -> secrets.put(event.name(), List.of(SigningSecret.ofUtf8("of " + event.name()))));
        return SecretSource.byEventType(secrets);
    }
}
