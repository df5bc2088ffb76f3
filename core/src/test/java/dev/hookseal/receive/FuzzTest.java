package dev.hookseal.receive;

import static dev.hookseal.fixture.Deliveries.EXTRACTA_RESULT;
import static dev.hookseal.fixture.Deliveries.EXTRACTA_SECRET;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_BODY;
import static dev.hookseal.fixture.Deliveries.FORMFLOW_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.extracta.ExtractaEvent;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.FullBuild;
import dev.hookseal.fixture.RequestFuzzer;
import dev.hookseal.fixture.Signer;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** No input whatever gives anything but an answer, and nothing is taken for genuine that the JDK's HMAC is not. */
class FuzzTest {
    private static final int REQUESTS = FullBuild.cases(40_000);

    @Test
    void formFlowWithOneSecret() {
        EndpointSettings settings = Deliveries.formFlowSettings().build();
        fuzz(new FormFlowProvider(), settings, formFlowFuzzer(31), FuzzTest::isGenuineFormFlow);
    }

    @Test
    void formFlowWithASecretForEachEventAndATolerance() {
        SigningSecret secret = SigningSecret.ofUtf8(FORMFLOW_SECRET);
        EndpointSettings settings = Deliveries.formFlowSettings()
                .secrets(SecretSource.byEventType(Map.of("extracted", List.of(secret), "export", List.of(secret))))
                .tolerance(Duration.ofMinutes(5))
                .build();
        fuzz(new FormFlowProvider(), settings, formFlowFuzzer(32), FuzzTest::isGenuineFormFlow);
    }

    @Test
    void extracta() {
        EndpointSettings settings =
                Deliveries.extractaSettings().repeatWindow(Duration.ofHours(1)).build();
        RequestFuzzer fuzzer = new RequestFuzzer(
                33,
                ExtractaProvider.SIGNATURE_HEADER,
                Deliveries.extractaBody("extraction.processed", EXTRACTA_RESULT),
                body -> Signer.extracta(EXTRACTA_SECRET, RequestFuzzer.result(body)));
        fuzz(new ExtractaProvider(), settings, fuzzer, FuzzTest::isGenuineExtracta);
    }

    private static RequestFuzzer formFlowFuzzer(long seed) {
        return new RequestFuzzer(
                seed, FormFlowProvider.SIGNATURE_HEADER, FORMFLOW_BODY, body -> Signer.formFlow(FORMFLOW_SECRET, body));
    }

    private static <E> void fuzz(
            WebhookProvider<E> provider,
            EndpointSettings settings,
            RequestFuzzer fuzzer,
            BiPredicate<WebhookRequest, VerifiedWebhook<E>> isGenuine) {
        WebhookVerifier<E> verifier = WebhookVerifier.of(provider, settings);
        WebhookReceiver<E> receiver = WebhookReceiver.of(provider, settings);
        Map<RejectionReason, Integer> rejected = new EnumMap<>(RejectionReason.class);
        int accepted = 0;
        for (int i = 0; i < REQUESTS; i++) {
            WebhookRequest request = fuzzer.next();
            try {
                VerifiedWebhook<E> webhook = verifier.verify(request);
                assertThat(isGenuine.test(request, webhook))
                        .as("request %s is genuine", i)
                        .isTrue();
                assertReadable(webhook);
                accepted++;
            } catch (WebhookRejectedException e) {
                rejected.merge(e.reason(), 1, Integer::sum);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("request " + i, e);
            }
            Decision<E> decision = receiver.receive(request);
            if (decision instanceof Decision.Answered<E> answered) {
                assertThat(answered.response().status()).as("request %s", i).isLessThan(500);
            } else if (decision instanceof Decision.Admitted<E> admitted) {
                admitted.delivery().answered(200);
            }
        }
        // it went deep: some got through, and some were rejected for what a signature does not tell
        assertThat(accepted).isGreaterThan(REQUESTS / 100);
        assertThat(rejected)
                .containsKeys(
                        RejectionReason.SIGNATURE_MISSING,
                        RejectionReason.SIGNATURE_REPEATED,
                        RejectionReason.SIGNATURE_MALFORMED,
                        RejectionReason.SIGNATURE_MISMATCH,
                        RejectionReason.PAYLOAD_MALFORMED,
                        RejectionReason.PAYLOAD_UNEXPECTED);
    }

    private static void assertReadable(VerifiedWebhook<?> webhook) {
        JsonData payload = webhook.payload();
        assertThat(payload.json().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(webhook.signedBytes().length);
        Object value = payload.asObject();
        if (payload.isObject()) {
            assertThat(payload.asMap()).isEqualTo(value);
            assertThat((Object) payload.as(Map.class)).isEqualTo(value);
        }
        if (value instanceof List<?>) {
            assertThat((Object) payload.as(List.class)).isEqualTo(value);
        }
        if (value != null) {
            assertThat(payload.as(Object.class)).isEqualTo(value);
        }
        if (webhook.event() instanceof ExtractaEvent event) {
            assertThat(event.toJson().asMap()).containsEntry("result", value);
        }
    }

    private static boolean isGenuineFormFlow(WebhookRequest request, VerifiedWebhook<?> webhook) {
        return request.headers(FormFlowProvider.SIGNATURE_HEADER)
                .equals(List.of(Signer.formFlow(FORMFLOW_SECRET, body(request))));
    }

    private static boolean isGenuineExtracta(WebhookRequest request, VerifiedWebhook<ExtractaEvent> webhook) {
        byte[] signed = webhook.event().result().json().getBytes(UTF_8);
        return request.headers(ExtractaProvider.SIGNATURE_HEADER)
                .equals(List.of(Signer.extracta(EXTRACTA_SECRET, signed)));
    }

    private static byte[] body(WebhookRequest request) {
        try {
            return request.body();
        } catch (WebhookRejectedException e) {
            throw new AssertionError(e);
        }
    }
}
