package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a secret may come from. The environment variables are set in the pom. */
class SecretOptionsTest {
    private static final String RIGHT = "of-the-environment";

    @TempDir
    private Path folder;

    private String body;
    private String signature;

    private Run verify(String... secretOptions) throws IOException {
        body = Files.writeString(
                        folder.resolve("body.json"),
                        "{\"eventId\":\"1\",\"eventType\":\"export\",\"timestamp\":\"2023-10-28T12:00:00Z\"}")
                .toString();
        signature = Run.of("sign", body, "--provider", "formflow", "--secret", RIGHT)
                .out()
                .lines()
                .filter(line -> line.startsWith("X-Webhook-Signature"))
                .findFirst()
                .orElseThrow();
        String[] args = {"verify", body, "--provider", "formflow", "-H", signature, "--at", "2023-10-28T12:00:00Z"};
        String[] all = new String[args.length + secretOptions.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(secretOptions, 0, all, args.length, secretOptions.length);
        return Run.of(all);
    }

    @Test
    void readsAnEnvironmentVariable() throws IOException {
        assertThat(verify("--secret-env", "HOOKSEAL_TEST_SECRET").exitCode()).isZero();
        assertThat(verify("--secret-env", "export=HOOKSEAL_TEST_SECRET").exitCode())
                .isZero();
        assertThat(verify("--secret-env", "extracted=HOOKSEAL_TEST_SECRET").out())
                .contains("secret-missing");
    }

    @Test
    void readsAFileButForTheLineBreakAtItsEnd() throws IOException {
        Path file = folder.resolve("secret");
        for (String end : new String[] {"", "\n", "\r\n"}) {
            Files.writeString(file, RIGHT + end);

            assertThat(verify("--secret-file", file.toString()).exitCode()).isZero();
            assertThat(verify("--secret-file", "export=" + file).exitCode()).isZero();
        }
        Files.writeString(file, RIGHT + "\n\n");
        assertThat(verify("--secret-file", file.toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void triesSeveralTheNewestFirst() throws IOException {
        assertThat(verify("--secret", "newer", "--secret", RIGHT).out()).startsWith("verified  secret 2,");
    }

    @Test
    void takesASecretWithAnEqualsSignOrAnAtSignAsItIs() throws IOException {
        Path kept = Files.writeString(folder.resolve("other.json"), "{}");
        for (String secret : new String[] {"c2VjcmV0=", "@secret", "a=b"}) {
            Run signed = Run.of("sign", kept.toString(), "--provider", "formflow", "--secret", secret);

            assertThat(signed.exitCode()).as(signed.err()).isZero();
        }
    }
}
