package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a wrong command line. */
class ArgumentsTest {
    private static final String SECRET = "s3cr3t-of-tests";

    private static Arguments wrong(String message, String... args) {
        return Arguments.of(message, List.of(args));
    }

    static Stream<Arguments> wrong() {
        String url = "http://127.0.0.1:9/";
        return Stream.of(
                wrong("What is to be done?"),
                wrong("a word that it does not know", "explian"),
                wrong("Unknown: --secrt", "send", url, "--event", "export", "--secrt", SECRET),
                wrong("Unknown: --secrt", "send", url, "--event", "export", "--secrt=" + SECRET),
                wrong("more arguments than", "sign", "body.json", "--provider", "formflow", SECRET),
                wrong("Missing required parameter: 'URL'", "send", "--event", "export"),
                wrong("--event", "send", url, "--secret", SECRET),
                wrong("mutually exclusive", "send", url, "--event", "export", "--file", "f", "--secret", SECRET),
                wrong("is no URL", "send", "localhost:8080", "--event", "export", "--secret", SECRET),
                wrong("is no URL", "send", "http:///", "--event", "export", "--secret", SECRET),
                wrong("No provider documents this event", "send", url, "--event", "exprot", "--secret", SECRET),
                wrong(
                        "extracted is an event of formflow, and not of extracta",
                        "send",
                        url,
                        "--event",
                        "extracted",
                        "--provider",
                        "extracta",
                        "--secret",
                        SECRET),
                wrong(
                        "'20x' is not a status such as 204, nor a range such as 2xx",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--secret",
                        SECRET,
                        "--expect",
                        "20x"),
                wrong("Whose is the body?", "send", url, "--file", "f", "--secret", SECRET),
                wrong(
                        "There is no forgery \"crooked\"; there are unsigned,",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--forgery",
                        "crooked"),
                wrong(
                        "cannot be forged to be stale",
                        "send",
                        url,
                        "--event",
                        "extraction.edited",
                        "--secret",
                        SECRET,
                        "--forgery",
                        "stale"),
                wrong("--times is 1 or more", "send", url, "--event", "export", "--secret", SECRET, "--times", "0"),
                wrong(
                        "--parallel is 1 or more",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--secret",
                        SECRET,
                        "--parallel",
                        "0"),
                wrong("'soon' is no duration", "send", url, "--event", "export", "--timeout", "soon"),
                wrong(
                        "--timeout is more than nothing",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--secret",
                        SECRET,
                        "--timeout",
                        "0s"),
                wrong(
                        "there is no provider 'emca' on the class path that has a kit; there are acme, discord, discord-interactions,"
                                + " extracta, formflow,",
                        "sign",
                        "f",
                        "--provider",
                        "emca",
                        "--secret",
                        SECRET),
                wrong(
                        "No secret: give --secret-env or --secret-file, or set HOOKSEAL_SECRET",
                        "send",
                        url,
                        "--event",
                        "export"),
                wrong(
                        "no environment variable NO_SUCH_VARIABLE",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--secret-env",
                        "NO_SUCH_VARIABLE"),
                wrong("secret is empty", "send", url, "--event", "export", "--secret", ""),
                wrong(
                        "give an event with each",
                        "send",
                        url,
                        "--event",
                        "export",
                        "--secret",
                        SECRET,
                        "--secret",
                        "export=" + SECRET),
                wrong("no secret for \"export\"", "send", url, "--event", "export", "--secret", "extracted=" + SECRET),
                wrong("--port is from 0", "listen", "--provider", "formflow", "--secret", SECRET, "--port", "65536"),
                wrong(
                        "--answer is a status",
                        "listen",
                        "--provider",
                        "formflow",
                        "--secret",
                        SECRET,
                        "--answer",
                        "100"),
                wrong("--count is 1 or more", "listen", "--provider", "formflow", "--secret", SECRET, "--count", "0"),
                wrong("Missing required option: '--provider=PROVIDER'", "listen", "--secret", SECRET));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void returns2AndSaysWhatIsWrong(String message, List<String> args) {
        Run run = Run.of(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("Exception", "\tat ", SECRET);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void namesACommandThatIsSpeltAlike() {
        assertThat(Run.of("explian").err()).contains("Is it explain?");
    }

    @Test
    void returns2WhereItIsNotSaidWhoseABodyIs(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), "{}");
        Run run = Run.of("explain", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Give --provider");
    }

    @Test
    void returns2ForAHeaderWithoutAColon(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), "{}");
        Run run = Run.of("verify", body.toString(), "--provider", "formflow", "--secret", SECRET, "-H", "x");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("-H: a header is written as 'Name: value', and this is not");
    }

    @Test
    void namesTheFileAndTheLineOfAHeaderWithoutAColon(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), "{}");
        Path headers = Files.writeString(folder.resolve("headers.txt"), "A: b\n\nX-Webhook-Signature\n");
        Run run = Run.of(
                "verify",
                body.toString(),
                "--provider",
                "formflow",
                "--secret",
                SECRET,
                "--headers",
                headers.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(headers + ", line 3: a header is written as 'Name: value'");
    }

    @Test
    void namesTheKeptHeadersThatAreMalformed(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("0001.body"), "{}");
        Path headers = Files.writeString(folder.resolve("0001.headers"), "nonsense\n");

        assertThat(Run.of("explain", body.toString(), "--secret", SECRET).err()).contains(headers + ", line 1: ");
        Files.writeString(headers, "{\"a\": 1}\n");
        assertThat(Run.of("explain", body.toString(), "--secret", SECRET).err()).contains(headers + ", line 1: ");
    }

    @Test
    void namesTheProviderOfAKeptDeliveryThatItDoesNotKnow(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("0001.body"), "{}");
        Files.writeString(folder.resolve("0001.headers"), "Hookseal-Provider: emca\n");

        assertThat(Run.of("explain", body.toString(), "--secret", SECRET).err())
                .contains("Give --provider, since", "0001.headers names \"emca\"");
    }

    @Test
    void namesTheFolderThatIsGivenInPlaceOfAFile(@TempDir Path folder) {
        for (String[] args : new String[][] {
            {"explain", folder.toString(), "--provider", "formflow", "--secret", SECRET},
            {"sign", folder.toString(), "--provider", "formflow", "--secret", SECRET},
            {"send", "http://127.0.0.1:9/", "--event", "export", "--secret-file", folder.toString()}
        }) {
            Run run = Run.of(args);

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains(folder + ": it is a folder, and a file is needed");
        }
    }

    @Test
    void replaysNoBodyWithoutItsHeaders(@TempDir Path folder) throws IOException {
        Path alone = Files.writeString(folder.resolve("0001.body"), "{}");
        Path other = Files.writeString(folder.resolve("body.json"), "{}");
        for (Path body : List.of(alone, other)) {
            Run run = Run.of("replay", "http://127.0.0.1:9/", body.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(body + " is not a kept delivery", "hookseal send URL --file BODY");
        }
        assertThat(Run.of("replay", "http://127.0.0.1:9/", folder.toString()).err())
                .contains("there is no 0001.headers beside it");
    }

    @Test
    void returns2ForAKeptDeliveryWhoseTimeIsNone(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("0001.body"), "{}");
        Files.writeString(folder.resolve("0001.headers"), "Hookseal-Received: noon\nHookseal-Provider: formflow\n");
        Run run = Run.of("verify", body.toString(), "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("0001.headers: Hookseal-Received is not a time");
    }

    @Test
    void returns2ForASettingThatTheProviderHasNot(@TempDir Path folder) throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), "{}");
        for (String command : List.of("verify", "explain")) {
            Run run = Run.of(
                    command, body.toString(), "--provider", "extracta", "--secret", SECRET, "--set", "tolerance=5m");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--set tolerance is not a setting of the provider extracta: remove it");
        }
    }

    @Test
    void returns3ForAFileThatIsNotThere(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();
        for (String[] args : new String[][] {
            {"sign", missing, "--provider", "formflow", "--secret", SECRET},
            {"verify", missing, "--provider", "formflow", "--secret", SECRET},
            {"explain", missing, "--provider", "formflow", "--secret", SECRET},
            {"replay", "http://127.0.0.1:9/", missing},
            {"send", "http://127.0.0.1:9/", "--file", missing, "--provider", "formflow", "--secret", SECRET},
            {"send", "http://127.0.0.1:9/", "--event", "export", "--secret-file", missing}
        }) {
            Run run = Run.of(args);

            assertThat(run.exitCode()).as(args[0]).isEqualTo(3);
            assertThat(run.err()).contains("There is no file " + missing);
        }
    }

    @Test
    void returns2ForAFolderWithoutDeliveries(@TempDir Path folder) {
        assertThat(Run.of("replay", "http://127.0.0.1:9/", folder.toString()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void writesACompletionScript() {
        Run run = Run.of("generate-completion");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("complete -F _complete_hookseal", "tampered-body", "validation-success");
    }

    @Test
    void helpsWithEveryCommand() {
        for (String command : List.of("send", "sign", "verify", "listen", "replay", "explain")) {
            Run run = Run.of("help", command);

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("Usage: hookseal " + command);
        }
    }
}
