package dev.hookseal.testkit.extracta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignedForm;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.fake.DeliveryAttempt;
import dev.hookseal.testkit.fake.DeliveryReport;
import dev.hookseal.testkit.fake.Receiver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeExtractaTest {
    private static final FakeExtractaEvent PROCESSED = ExtractaEvents.processed()
            .withFiles(ExtractaEvents.file()
                    .withUrl("https://files.example/1")
                    .withResult(Map.of("name", "Žofie", "total", 12.5)));

    private final FakeExtracta extracta = FakeExtracta.create();
    private final AtomicInteger failures = new AtomicInteger();
    private final Receiver<ExtractaEvent> receiver =
            Receiver.extracta(SecretSource.of(SigningSecret.ofUtf8(extracta.secret())), event -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("as told");
                }
            });

    @BeforeEach
    void deliverToTheReceiver() {
        extracta.deliverTo(receiver.url());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void writesAsJavaScriptDoes() {
        extracta.deliver(PROCESSED).assertAcknowledgedAtOnce();

        assertThat(receiver.handled()).extracting(VerifiedWebhook::signedForm).containsExactly(SignedForm.RAW);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JAVASCRIPT")
    void deliversWhatAProxyHasWrittenAnew(JsonStyle style) {
        extracta.deliverRewritten(PROCESSED, style).assertAcknowledgedAtOnce();

        assertThat(receiver.handled()).extracting(VerifiedWebhook::signedForm).containsExactly(SignedForm.ECMASCRIPT);
    }

    @Test
    void deliversAgainUntilItIsAcknowledged() {
        failures.set(2);

        DeliveryReport deliveries = extracta.deliver(PROCESSED)
                .assertHandledOnce(() -> receiver.handled().size());

        assertThat(deliveries.attempts()).extracting(DeliveryAttempt::number).containsExactly(1, 2, 3);
    }

    @Test
    void deliversOthersBeforeARedelivery() {
        failures.set(1);

        extracta.deliverOutOfOrder(List.of(ExtractaEvents.edited(), ExtractaEvents.confirmed()))
                .assertAcknowledged();

        assertThat(receiver.handled())
                .extracting(webhook -> webhook.event().unsignedTypeName())
                .containsExactly("extraction.edited", "extraction.confirmed");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SECRET_OF_ANOTHER_EVENT", "REWRITTEN", "STALE", "FROM_THE_FUTURE"})
    void deliversForgeriesThatAReceiverRejects(Forgery forgery) {
        extracta.deliverForged(PROCESSED, forgery).assertRejected();

        assertThat(receiver.handled()).isEmpty();
    }

    @Test
    void hasToBeToldWhereToDeliver() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FakeExtracta.create().deliver(PROCESSED))
                .withMessageContaining("deliverTo(url)");
    }

    @Test
    void showsNoSecret() {
        assertThat(extracta + " " + extracta.deliver(PROCESSED)).doesNotContain(extracta.secret());
    }

    @Test
    void givesTheSameSecretForTheSameSeed() {
        assertThat(FakeExtracta.create().secret()).isEqualTo(extracta.secret()).startsWith("E_AI_K_");
        assertThat(FakeExtracta.builder().seed("another").build().secret()).isNotEqualTo(extracta.secret());
    }
}
