package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.BodyLimits;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What explain, verify and replay make of a delivery that an endpoint has rejected and kept. */
class RejectedDeliveryTest {
    private static final String SECRET = "a-secret-of-tests";
    private static final String BODY =
            "{\"eventId\":\"1\",\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00Z\"}";

    @TempDir
    private Path folder;

    private Path kept(String body, String... headers) throws IOException {
        Files.writeString(
                folder.resolve("0001.headers"),
                "Hookseal-Received: 2023-10-28T12:00:01Z\nHookseal-Provider: formflow\nHookseal-Endpoint: orders\n"
                        + String.join("\n", headers) + "\n");
        return Files.writeString(folder.resolve("0001.body"), body);
    }

    private String signature() throws IOException {
        Path body = Files.writeString(folder.resolve("to-sign.json"), BODY);
        return Run.of("sign", body.toString(), "--provider", "formflow", "--secret", SECRET)
                .out();
    }

    @Test
    void isExplainedWithItsEndpointAndItsReason() throws IOException {
        Path body = kept(BODY + "\n", "Hookseal-Reason: signature-mismatch", signature());
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: signature-mismatch\n")
                .contains("\nnewline-added: ");
    }

    @Test
    void isGenuineWithTheSecretThatTheEndpointShouldHaveHad() throws IOException {
        Path body = kept(BODY, "Hookseal-Reason: signature-mismatch", signature());
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Genuine: the signature matches.")
                .contains("the endpoint has another secret, or other settings, than those given here");
    }

    @Test
    void saysNothingOfTheSignatureIfTheBodyIsNotWhole() throws IOException {
        Path body = kept("{", "Hookseal-Reason: secret-missing", "Hookseal-Body: incomplete", signature());
        Run run = Run.of("explain", body.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: secret-missing\n")
                .contains("the body is not whole, so nothing can be said of its signature")
                .doesNotContain("truncated");
    }

    @Test
    void namesAMissingSignatureThoughTheBodyIsNotWhole() throws IOException {
        Path body = kept("", "Hookseal-Reason: signature-missing", "Hookseal-Body: incomplete");
        Run run = Run.of("explain", body.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\nsignature-missing: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"body-too-large", "content-encoded", "multipart", "body-unreadable"})
    void namesAReasonThatIsNoMatterOfTheSignature(String reason) throws IOException {
        Path body = kept("{", "Hookseal-Reason: " + reason, "Hookseal-Body: incomplete", signature());
        Run run = Run.of("explain", body.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\n" + reason + ": ").contains("\nFix: ");
    }

    @Test
    void namesTheLimitThatABodyExceeded() throws IOException {
        Path body = kept("{", "Hookseal-Reason: body-too-large", "Hookseal-Body: incomplete", signature());

        assertThat(Run.of("explain", body.toString()).out()).contains("hookseal.endpoints.orders.max-body-size");
    }

    @Test
    void isVerifiedWithItsReasonAboveUnlessItIsNotWhole() throws IOException {
        Path whole = kept(BODY, "Hookseal-Reason: signature-mismatch", signature());

        assertThat(Run.of("verify", whole.toString(), "--secret", SECRET).out())
                .startsWith("Rejected at endpoint orders: signature-mismatch\n")
                .contains("\nverified  ");

        Path part = kept("{", "Hookseal-Reason: signature-missing", "Hookseal-Body: incomplete");
        Run run = Run.of("verify", part.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("not verified  the body is not whole");
    }

    @Test
    void isReplayedUnlessItIsNotWhole() throws Exception {
        Path whole = kept(BODY, "Hookseal-Reason: signature-mismatch", signature());
        try (Endpoint endpoint = Endpoint.answering(200)) {
            Run run = Run.of("replay", endpoint.url(), whole.toString());

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("(Rejected at endpoint orders: signature-mismatch)");
            assertThat(endpoint.received())
                    .singleElement()
                    .satisfies(
                            received -> assertThat(received.headers().values().keySet())
                                    .noneMatch(name -> name.startsWith("Hookseal")));
        }

        Path part = kept("{", "Hookseal-Reason: body-too-large", "Hookseal-Body: incomplete", signature());
        Run run = Run.of("replay", "http://127.0.0.1:9/", part.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(part + " is not whole");
    }

    @Test
    void isTheProvidersExamplePayloadWhichARuleOfHooksealRejects() throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), BODY);
        Path headers = Files.writeString(folder.resolve("headers.txt"), signature());
        String[] args = {
            "explain", body.toString(), "--headers", headers.toString(), "--provider", "formflow", "--secret", SECRET
        };
        Run run = Run.of(args);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("event-outside-replay-window: ")
                .contains("Hookseal's rule, not the provider's", "--replay-window 3650d", "--at");
        assertThat(Run.of(with(args, "--replay-window", "3650d")).exitCode()).isZero();
        assertThat(Run.of(with(args, "--at", "2023-10-28T12:00:00Z")).exitCode())
                .isZero();
    }

    /** Rejected by a receiver, and kept by its observer. */
    private Path rejected(String secret, int maxBodyBytes, Map<String, List<String>> headers, String body) {
        EndpointSettings settings = EndpointSettings.builder("orders")
                .secret(SigningSecret.ofUtf8(secret))
                .maxBodyBytes(maxBodyBytes)
                .build();
        Decision<?> decision = WebhookReceiver.builder(new FormFlowProvider(), settings)
                .observer(new RejectedDeliveryFiles(folder.resolve("rejected")))
                .build()
                .receive(new ArrivingRequest(headers, body, maxBodyBytes));
        assertThat(decision).isInstanceOf(Decision.Answered.class);
        return folder.resolve("rejected").resolve("0001.body");
    }

    /** Read as an adapter does, with a limit. */
    private record ArrivingRequest(Map<String, List<String>> all, String text, int maxBodyBytes)
            implements WebhookRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public List<String> headers(String name) {
            return all.getOrDefault(name, List.of());
        }

        @Override
        public Map<String, List<String>> headers() {
            return all;
        }

        @Override
        public byte[] body() throws WebhookRejectedException {
            return BodyLimits.ofBytes(maxBodyBytes).read(new ByteArrayInputStream(text.getBytes(UTF_8)), -1);
        }
    }

    @Test
    void isReadAsAReceiverHasKeptIt() {
        SignedDelivery now = FormFlowEvents.extracted().signedWith(SECRET);
        Path body = rejected(SECRET, 10_000, now.headers(), new String(now.body(), UTF_8) + "\n");
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: signature-mismatch")
                .contains("newline-added: ");
    }

    @Test
    void isGenuineForTheSecretThatAReceiverDidNotHave() {
        SignedDelivery now = FormFlowEvents.extracted().signedWith(SECRET);
        Path body = rejected("another", 10_000, now.headers(), new String(now.body(), UTF_8));

        assertThat(Run.of("explain", body.toString(), "--secret", SECRET).exitCode())
                .isZero();
        assertThat(Run.of("explain", body.toString(), "--secret", "another").exitCode())
                .isEqualTo(4);
    }

    @Test
    void isTooLargeAsAReceiverHasKeptIt() {
        SignedDelivery now = FormFlowEvents.extracted().signedWith(SECRET);
        Path body = rejected(SECRET, 20, now.headers(), new String(now.body(), UTF_8));
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(body).hasSize(21);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: body-too-large")
                .contains("hookseal.endpoints.orders.max-body-size");
    }

    @Test
    void isUnsignedAsAReceiverHasKeptIt() {
        SignedDelivery now = FormFlowEvents.extracted().signedWith(SECRET);
        Path body = rejected(SECRET, 10_000, Map.of(), new String(now.body(), UTF_8));
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: signature-missing")
                .contains("\nsignature-missing: ");
    }

    @Test
    void isCompressedAsAReceiverHasKeptItWithoutReadingItsBody() {
        Path body = rejected(SECRET, 10_000, Map.of("Content-Encoding", List.of("gzip")), "{}");
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(body).isEmptyFile();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\ncontent-encoded: ", "compressed the body")
                .doesNotContain("body-empty");
    }

    @Test
    void isInBase64AsAReceiverHasKeptIt() {
        String base64 = Base64.getEncoder().encodeToString(new byte[32]);
        SignedDelivery now = FormFlowEvents.extracted().signedWith(SECRET);
        Path body =
                rejected(SECRET, 10_000, Map.of("X-Webhook-Signature", List.of(base64)), new String(now.body(), UTF_8));
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .startsWith("Rejected at endpoint orders: signature-malformed")
                .contains("Hint: the signature is base64, where formflow writes lower-case hex");
    }

    private static String[] with(String[] args, String option, String value) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = option;
        all[args.length + 1] = value;
        return all;
    }
}
