package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    private static String[] with(String[] args, String option, String value) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = option;
        all[args.length + 1] = value;
        return all;
    }
}
