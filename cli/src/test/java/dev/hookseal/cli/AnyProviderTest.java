package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.testkit.Forgery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command does for a provider that none of its classes knows, as a jar on the class path brings it. */
class AnyProviderTest {
    private static final String SECRET = "whsec_of_tests";
    private static final String BODY = "{\"id\":\"evt_1\",\"type\":\"order.paid\"}";

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text, UTF_8);
    }

    private Path signed() throws Exception {
        Path body = file("body.json", BODY);
        Run run = Run.of("sign", body.toString(), "--provider", "acme", "--secret", SECRET);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("(?m)^Acme-Signature: t=\\d+,v1=[0-9a-f]{64}$");
        file("headers.txt", run.out());
        return body;
    }

    private Run run(String command, Path body, String... more) {
        List<String> args = Stream.concat(
                        Stream.of(
                                command,
                                body.toString(),
                                "--provider",
                                "acme",
                                "--headers",
                                folder.resolve("headers.txt").toString(),
                                "--secret",
                                SECRET),
                        Stream.of(more))
                .toList();
        return Run.of(args.toArray(String[]::new));
    }

    @Test
    void verifiesWhatItHasSigned() throws Exception {
        Run run = run("verify", signed());

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).startsWith("verified  secret 1");
    }

    @Test
    void takesTheSettingsThatTheProviderDeclares() throws Exception {
        Path body = signed();

        assertThat(run("verify", body, "--at", "2020-01-01T00:00:00Z").out()).startsWith("rejected  timestamp-too-far");
        assertThat(run("explain", body, "--at", "2020-01-01T00:00:00Z").out())
                .startsWith("timestamp-outside-tolerance");
        assertThat(run("verify", body, "--set", "tolerance=1h").exitCode()).isZero();
        assertThat(run("explain", body, "--set", "tolerance=1h").exitCode()).isZero();
        for (String command : List.of("verify", "explain")) {
            assertThat(run(command, body, "--set", "replay-window=1h").err())
                    .contains("--set replay-window is not a setting of the provider acme");
            assertThat(run(command, body, "--set", "tolerance=soon").exitCode()).isEqualTo(2);
        }
        assertThat(run("verify", body, "--set", "tolerance=soon").err())
                .contains("--set tolerance is 'soon', which is not a duration");
        assertThat(run("verify", body, "--set", "tolerance=2d").err())
                .contains("--set tolerance must be from 1s to 24h");
    }

    @Test
    void explainsABodyThatHasChanged() throws Exception {
        Path body = signed();
        Files.writeString(body, BODY + "\n");
        Run run = run("explain", body);

        assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
        assertThat(run.out()).startsWith("newline-added: ").doesNotContain(SECRET);
    }

    @Test
    void sendsWhatAReceiverVerifiesAndKeeps() throws Exception {
        try (Listening listening =
                Listening.with("--provider", "acme", "--secret", SECRET, "--keep", folder.toString(), "--count", "3")) {
            Run run = Run.of("send", listening.url(), "--event", "order.paid", "--secret", SECRET, "--times", "2");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(listening.line()).startsWith("verified  order.paid, ").doesNotContain("duplicate");
            assertThat(listening.line()).startsWith("verified  order.paid, ").doesNotContain("duplicate");
            Run replay = Run.of(
                    "replay", listening.url(), folder.resolve("0001.body").toString());
            assertThat(replay.exitCode()).as(replay.all()).isZero();
            assertThat(listening.line()).startsWith("verified  order.paid, duplicate");
            assertThat(listening.exitCode()).isZero();
        }
        assertThat(Files.readString(folder.resolve("0001.headers"))).contains("Hookseal-Provider: acme\n");
        assertThat(Run.of("verify", folder.resolve("0001.body").toString(), "--secret", SECRET)
                        .exitCode())
                .isZero();
    }

    @Test
    void replaysSignedAgain() throws Exception {
        Path body = signed();
        Files.move(body, folder.resolve("0001.body"));
        file("0001.headers", "Hookseal-Provider: acme\nAcme-Signature: t=1,v1=00\n");
        try (Listening listening = Listening.with("--provider", "acme", "--secret", "other", "--count", "1")) {
            Run run = Run.of(
                    "replay", listening.url(), folder.resolve("0001.body").toString(), "--resign", "--secret", "other");

            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(listening.line()).startsWith("verified  order.paid, ");
        }
    }

    @Test
    void sendsABodyAsItIsAndAnEventOfAnyName() throws Exception {
        Path body = file("body.json", BODY);
        try (Listening listening = Listening.with("--provider", "acme", "--secret", SECRET, "--count", "2")) {
            Run.of("send", listening.url(), "--file", body.toString(), "--provider", "acme", "--secret", SECRET);
            Run.of("send", listening.url(), "--event", "order.lost", "--provider", "acme", "--secret", SECRET);

            assertThat(listening.line()).startsWith("verified  order.paid, " + BODY.length() + " bytes");
            assertThat(listening.line()).startsWith("verified  order.lost, ");
            assertThat(listening.exitCode()).isZero();
        }
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(Forgery.values()).filter(forgery -> forgery != Forgery.SECRET_OF_ANOTHER_EVENT);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void sendsAForgedEventSoThatItIsRejected(Forgery forgery) throws Exception {
        try (Listening listening = Listening.with("--provider", "acme", "--secret", SECRET, "--count", "1")) {
            Run run = Run.of(
                    "send", listening.url(), "--event", "order.paid", "--secret", SECRET, "--forgery", forgery.label());

            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(listening.line()).startsWith("rejected   ");
            assertThat(listening.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void isListedByTheHelp() {
        assertThat(Run.of("help", "sign").out().replaceAll("\\s+", " "))
                .contains("--provider=PROVIDER acme, discord, discord-interactions, extracta, formflow, ");
        assertThat(Run.of("help", "send").out()).contains("order.paid");
        assertThat(Run.of("generate-completion").out()).contains("acme", "order.refunded");
    }
}
