package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that is for many senders: every command signs and verifies as {@code --set} says. */
class SettingsOfASenderTest {
    private static final List<String> SETTINGS = List.of(
            "--provider",
            "hmac",
            "--secret",
            "c2hvcC1zZWNyZXQ=",
            "--set",
            "signature-header=Shop-Signature",
            "--set",
            "signature-prefix=v1=",
            "--set",
            "signature-separator=comma",
            "--set",
            "timestamp-element=t=",
            "--set",
            "signed-content={timestamp}.{body}",
            "--set",
            "secret-encoding=base64",
            "--set",
            "event-pointer=/type");

    @TempDir
    Path folder;

    private static Run run(List<String> settings, String... arguments) {
        // what is set last counts
        return Run.of(Stream.of(
                        Stream.of(arguments[0]),
                        settings.stream(),
                        Stream.of(arguments).skip(1))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private Path body() throws IOException {
        return Files.writeString(folder.resolve("body.json"), "{\"type\":\"order.shipped\"}");
    }

    private Path signed(Path body) throws IOException {
        Run sign = run(SETTINGS, "sign", body.toString());
        assertThat(sign.exitCode()).as(sign.all()).isZero();
        assertThat(sign.out()).containsPattern("(?m)^Shop-Signature: t=\\d{10},v1=[0-9a-f]{64}$");
        return Files.writeString(folder.resolve("headers.txt"), sign.out());
    }

    @Test
    void verifiesAndExplainsWhatItHasSigned() throws Exception {
        Path body = body();
        String headers = signed(body).toString();

        Run verify = run(SETTINGS, "verify", body.toString(), "--headers", headers);
        assertThat(verify.exitCode()).as(verify.all()).isZero();
        Run explain = run(SETTINGS, "explain", body.toString(), "--headers", headers);
        assertThat(explain.exitCode()).as(explain.all()).isZero();
        Files.writeString(body, "{\"type\": \"order.shipped\"}");
        Run rewritten = run(SETTINGS, "explain", body.toString(), "--headers", headers);
        assertThat(rewritten.exitCode()).as(rewritten.all()).isEqualTo(1);
        assertThat(rewritten.out()).startsWith("pretty-printed");
    }

    @Test
    void sendsASampleAndAForgery() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(204)) {
            Run send = run(SETTINGS, "send", endpoint.url().toString(), "--event", "order.shipped");

            assertThat(send.exitCode()).as(send.all()).isZero();
            Endpoint.Received received = endpoint.received().get(0);
            assertThat(received.headers().first("Shop-Signature")).isPresent();
            assertThat(new String(received.body(), UTF_8)).contains("\"type\":\"order.shipped\"");
        }
        try (Endpoint endpoint = Endpoint.answering(401)) {
            Run send =
                    run(SETTINGS, "send", endpoint.url().toString(), "--event", "order.shipped", "--forgery", "stale");

            assertThat(send.exitCode()).as(send.all()).isZero();
        }
    }

    @Test
    void saysWhichSettingIsWrongOrMissing() throws Exception {
        Path body = body();

        Run missing = run(List.of("--provider", "hmac", "--secret", "s"), "verify", body.toString(), "-H", "A: b");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("signature-header is not set: set it to the header with the sender's");
        Run listen = run(List.of("--provider", "hmac", "--secret", "s"), "listen", "--port", "0");
        assertThat(listen.exitCode()).isEqualTo(2);
        assertThat(listen.err()).contains("--set signature-header is not set");
        Run wrong = run(SETTINGS, "verify", body.toString(), "-H", "A: b", "--set", "signature-encoding=octal");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("one of hex, base64, base64url: set it to hex, base64 or base64url");
        Run ambiguous = run(
                SETTINGS,
                "verify",
                body.toString(),
                "-H",
                "A: b",
                "--set",
                "id-header=I",
                "--set",
                "signed-content={id}{body}");
        assertThat(ambiguous.exitCode()).isEqualTo(2);
        assertThat(ambiguous.err()).contains("nothing between {id} and {body}");
    }
}
