package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listen keeps, and what verify, explain and replay make of it. */
class KeptDeliveryTest {
    private static final String SECRET = "a-secret-of-tests";

    @TempDir
    private Path folder;

    private Path kept(String... sendOptions) throws Exception {
        try (Listening listening = Listening.with(
                "--provider", "formflow", "--secret", SECRET, "--keep", folder.toString(), "--count", "1")) {
            String[] args = {"send", listening.url(), "--event", "export", "--secret", SECRET};
            String[] all = Arrays.copyOf(args, args.length + sendOptions.length);
            System.arraycopy(sendOptions, 0, all, args.length, sendOptions.length);
            Run.of(all);
            String line = listening.line();
            listening.exitCode();
            return Path.of(line.substring(line.lastIndexOf(' ') + 1));
        }
    }

    @Test
    void isTheBodyByteForByteWithItsHeadersBesideIt() throws Exception {
        Path body = kept("--seed", "one");

        assertThat(body).isEqualTo(folder.resolve("0001.body"));
        assertThat(Files.readString(body, UTF_8)).startsWith("{\"eventId\":").endsWith("\"templateId\":1}");
        assertThat(Files.readString(folder.resolve("0001.headers"), UTF_8))
                .containsPattern("(?m)^Hookseal-Received: 20\\S+Z$")
                .contains("Hookseal-Provider: formflow\n")
                .containsPattern("(?im)^x-webhook-signature: [0-9a-f]{64}$")
                .containsPattern("(?im)^content-length: " + Files.size(body) + "$")
                .doesNotContain(SECRET);
    }

    @Test
    void isNumberedOn() throws Exception {
        kept();

        assertThat(kept()).isEqualTo(folder.resolve("0002.body"));
    }

    @Test
    void isVerified() throws Exception {
        Run run = Run.of("verify", kept().toString(), "--secret", SECRET);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualToNormalizingNewlines("verified  secret 1, signed form raw\n");
    }

    @Test
    void isRejectedWithAnotherSecret() throws Exception {
        Run run = Run.of("verify", kept().toString(), "--secret", "another");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("rejected  signature-mismatch (401)");
    }

    @Test
    void isLookedAtAsOfWhenItCame() throws Exception {
        Path body = kept();
        Path headers = folder.resolve("0001.headers");
        String old = Files.readString(body, UTF_8)
                .replaceFirst("\"timestamp\":\"[^\"]+\"", "\"timestamp\":\"2020-01-01T00:00:00Z\"");
        Files.writeString(body, old);
        String signature = Run.of("sign", body.toString(), "--provider", "formflow", "--secret", SECRET)
                .out();
        Files.writeString(
                headers, "Hookseal-Provider: formflow\nHookseal-Received: 2020-01-01T00:00:01Z\n" + signature);

        assertThat(Run.of("verify", body.toString(), "--secret", SECRET).exitCode())
                .isZero();
        assertThat(Run.of("verify", body.toString(), "--secret", SECRET, "--at", "2021-01-01T00:00:00Z")
                        .out())
                .startsWith("rejected  event-too-old");
        assertThat(Run.of(
                                "verify",
                                body.toString(),
                                "--secret",
                                SECRET,
                                "--at",
                                "2020-01-01T00:05:00Z",
                                "--replay-window",
                                "1m")
                        .out())
                .startsWith("rejected  event-too-old");
        assertThat(Run.of("verify", body.toString(), "--secret", SECRET, "--tolerance", "5m")
                        .out())
                .startsWith("rejected  timestamp-too-far-ahead");
    }

    @Test
    void isExplainedAsGenuine() throws Exception {
        Run run = Run.of("explain", kept().toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualToNormalizingNewlines("Genuine: the signature matches.\n");
    }

    @Test
    void isExplainedWhereItsBodyWasChanged() throws Exception {
        Path body = kept();
        Files.writeString(body, Files.readString(body, UTF_8) + "\n");
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("newline-added: ").contains("Fix: ").doesNotContain(SECRET);
    }

    @Test
    void isExplainedByWhatIsWrongWithTheSecret() throws Exception {
        Run run = Run.of("explain", kept().toString(), "--secret", "\"" + SECRET + "\"");

        assertThat(run.out()).startsWith("secret-quoted: ").doesNotContain(SECRET);
    }

    @Test
    void isExplainedAsAnythingWhereNoneFits() throws Exception {
        Run run = Run.of("explain", kept("--forgery", "tampered-body").toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).startsWith("No cause found").contains("Tried: ");
    }

    @Test
    void isReplayedAsItCame() throws Exception {
        Path body = kept("--forgery", "wrong-secret");
        try (Endpoint endpoint = Endpoint.answering(401)) {
            Run run = Run.of("replay", endpoint.url(), body.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).startsWith("401 in ").contains(body.toString());
            assertThat(endpoint.received()).singleElement().satisfies(received -> {
                assertThat(received.path()).isEqualTo("/webhooks");
                assertThat(received.body()).isEqualTo(Files.readAllBytes(body));
                assertThat(Files.readString(folder.resolve("0001.headers"))).contains(received.signature());
                assertThat(received.headers().values().keySet()).noneMatch(name -> name.startsWith("Hookseal"));
            });
        }
    }

    @Test
    void isReplayedSignedAnew() throws Exception {
        Path body = kept();
        try (Listening listening =
                Listening.with("--provider", "formflow", "--secret", "of-the-test", "--count", "1")) {
            Run run = Run.of("replay", listening.url(), body.toString(), "--resign", "--secret", "of-the-test");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(listening.line()).startsWith("verified  export, ");
        }
    }

    @Test
    void isReplayedInTheOrderOfItsFolder() throws Exception {
        kept();
        kept();
        try (Endpoint endpoint = Endpoint.answering(200)) {
            Run run = Run.of("replay", endpoint.url(), folder.toString());

            assertThat(run.exitCode()).isZero();
            assertThat(endpoint.received())
                    .extracting(Endpoint.Received::body)
                    .containsExactly(
                            Files.readAllBytes(folder.resolve("0001.body")),
                            Files.readAllBytes(folder.resolve("0002.body")));
        }
    }

    @Test
    void isNotSignedAnewUnlessAsked() throws Exception {
        Run run = Run.of("replay", "http://127.0.0.1:9/", kept().toString(), "--secret", "of-the-test");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--resign").doesNotContain("of-the-test");
    }
}
