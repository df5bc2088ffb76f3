package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user runs it, with everything in it. */
class RunnableJarIT {
    private static final Path JAR = Path.of("target", "hookseal.jar").toAbsolutePath();
    private static final String SECRET = "a-secret-of-tests";

    @TempDir
    private Path folder;

    private Run run(String... args) throws IOException, InterruptedException {
        return run(List.of("-jar", JAR.toString()), args);
    }

    private Run run(List<String> jar, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jar);
        command.addAll(List.of(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOOKSEAL_SECRET", SECRET);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    @Test
    void sendsWithTheSecretOfTheEnvironment() throws Exception {
        try (Listening listening = Listening.with("--provider", "extracta", "--secret", SECRET, "--count", "1")) {
            Run run = run("send", listening.url(), "--event", "extraction.confirmed");

            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(run.out()).matches("200 in \\d+ ms, as expected\\R");
            assertThat(run.err()).isEmpty();
            assertThat(listening.line()).startsWith("verified  extraction.confirmed, ");
        }
    }

    @Test
    void explainsAndEndsWith1() throws Exception {
        Files.writeString(folder.resolve("body.json"), "{}\n");
        Run run = run("explain", "body.json", "--provider", "formflow");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("signature-missing: ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void hasTheProvidersThatItBrings() throws Exception {
        Run run = run("sign", "body.json", "--provider", "acme");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "there are discord, discord-interactions, extracta, formflow, github, hmac, shopify, slack, square,"
                                + " standard-webhooks, stripe, token");
    }

    @Test
    void hasTheProviderOfAJarOnTheClassPath() throws Exception {
        Files.writeString(folder.resolve("body.json"), "{\"id\":\"evt_1\",\"type\":\"order.paid\"}");
        String classPath =
                JAR + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath();
        Run run =
                run(List.of("-cp", classPath, "dev.hookseal.cli.Hookseal"), "sign", "body.json", "--provider", "acme");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("Acme-Signature: t=");
    }

    @Test
    void hasNoColoursInAFile() throws Exception {
        assertThat(run("--help").out()).contains("hookseal explain").doesNotContain("\u001b");
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(run("--version").out()).matches("hookseal \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void endsWith2AndOneLineForAWrongCommandLine() throws Exception {
        Run run = run("send");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
