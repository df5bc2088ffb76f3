package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.fake.FakeProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

class SendCommandTest {
    private static final String SECRET = "a-secret-of-tests";
    private static final String PUBLIC_URL = "https://hooks.example.com/in";

    static Stream<String> documentedEvents() {
        return StreamSupport.stream(new EventNames().spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("documentedEvents")
    void sendsEveryDocumentedEventSoThatItIsVerified(String event) throws Exception {
        List<ProviderKit> kits = Kits.withSample(event);
        ProviderKit kit = kits.get(0);
        TestSecret secret = kit.newSecret("a test");
        String signing = new String(secret.signing().exposeSecretBytes(), StandardCharsets.UTF_8);
        List<String> settings = settings(kit);
        List<String> sending = new ArrayList<>(settings);
        if (kits.size() > 1) {
            sending.addAll(List.of("--provider", Kits.nameOf(kit)));
        }
        if (kit.provider().settings().contains(EndpointSettings.PUBLIC_URL)) {
            settings.addAll(List.of("--set", "public-url=" + PUBLIC_URL));
            sending.addAll(List.of("--url", PUBLIC_URL));
        }
        try (Listening listening = Listening.with(
                with(settings, "--provider", Kits.nameOf(kit), "--secret", secret.configured(), "--count", "1"))) {
            Run run = Run.of(with(sending, "send", listening.url(), "--event", event, "--secret", signing));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).matches("20[04] in \\d+ ms, as expected\\R");
            // a sample may be the question whether the endpoint is the receiver's
            assertThat(listening.line()).matches("verified  (handshake|" + Pattern.quote(event) + "), .*");
            assertThat(listening.exitCode()).isZero();
        }
    }

    /** Returns what an endpoint needs besides the secret. */
    private static List<String> settings(ProviderKit kit) {
        List<String> options = new ArrayList<>();
        FakeProvider.of(kit).properties("it").forEach((property, value) -> {
            String key = property.substring("hookseal.endpoints.it.".length());
            if (!key.equals("provider") && !key.equals("secret")) {
                options.addAll(List.of("--set", key + "=" + value));
            }
        });
        return options;
    }

    private static String[] with(List<String> settings, String... arguments) {
        return Stream.concat(Stream.of(arguments), settings.stream()).toArray(String[]::new);
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(Forgery.values()).filter(forgery -> forgery != Forgery.SECRET_OF_ANOTHER_EVENT);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void sendsAForgedEventSoThatItIsRejected(Forgery forgery) throws Exception {
        try (Listening listening = Listening.with("--provider", "formflow", "--secret", SECRET, "--count", "1")) {
            Run run = Run.of(
                    "send", listening.url(), "--event", "export", "--secret", SECRET, "--forgery", forgery.label());

            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(run.out()).matches("4\\d\\d in \\d+ ms, as expected\\R");
            assertThat(listening.line()).startsWith("rejected   ");
            assertThat(listening.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void signsWithTheSecretOfAnotherEventAmongThoseGiven() throws Exception {
        try (Listening listening = Listening.with(
                "--provider", "formflow", "--secret", "export=one", "--secret", "extracted=other", "--count", "1")) {
            Run run = Run.of(
                    "send",
                    listening.url(),
                    "--event",
                    "export",
                    "--secret",
                    "export=one",
                    "--secret",
                    "extracted=other",
                    "--forgery",
                    "secret-of-another-event");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(listening.line()).startsWith("rejected   signature-mismatch (secret-of-another-event), ");
        }
    }

    @Test
    void returns1WhereAGenuineEventIsRejected() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(401)) {
            Run run = Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).startsWith("401 ").contains("not as expected, which is 2xx");
        }
    }

    @Test
    void returns1WhereABentEventIsTaken() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(204)) {
            Run run = Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET, "--forgery", "unsigned");

            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void summarisesStatusesAndLatencies() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(number -> number % 10 == 0 ? 503 : 200)) {
            Run run = Run.of(
                    "send",
                    endpoint.url(),
                    "--event",
                    "export",
                    "--secret",
                    SECRET,
                    "--times",
                    "50",
                    "--parallel",
                    "5");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .startsWith("50 deliveries in ")
                    .containsPattern("(?m)^  200  45$")
                    .containsPattern("(?m)^  503  5$")
                    .containsPattern("latency  min \\S+ ms  median \\S+ ms  p99 \\S+ ms  max \\S+ ms");
            assertThat(endpoint.received()).hasSize(50);
        }
    }

    @Test
    void sendsEventsOfTheirOwnIdsUnlessToldTheSame() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(200)) {
            Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET, "--times", "3");
            Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET);

            assertThat(endpoint.received().stream().map(one -> new String(one.body(), UTF_8).substring(0, 60)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void sendsOneDeliveryAgainWhereToldTheSame() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(200)) {
            Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET, "--times", "3", "--same");

            assertThat(endpoint.received())
                    .hasSize(3)
                    .extracting(Endpoint.Received::signature)
                    .containsOnly(endpoint.received().get(0).signature());
        }
    }

    @Test
    void makesTheSameIdsFromTheSameSeed() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(200)) {
            for (int run = 0; run < 2; run++) {
                Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET, "--seed", "one");
            }

            assertThat(endpoint.received().stream().map(one -> new String(one.body(), UTF_8).substring(0, 60)))
                    .hasSize(2)
                    .containsOnly(new String(endpoint.received().get(0).body(), UTF_8).substring(0, 60));
        }
    }

    @Test
    void signsABodyOfOnesOwnAsItIs(@TempDir Path folder) throws Exception {
        byte[] body = "{ \"event\" : \"classification.done\", \"result\" : {\"a\":1} }\n".getBytes(UTF_8);
        Path file = Files.write(folder.resolve("body.json"), body);
        try (Listening listening = Listening.with("--provider", "extracta", "--secret", SECRET, "--count", "1")) {
            Run run = Run.of(
                    "send", listening.url(), "--file", file.toString(), "--provider", "extracta", "--secret", SECRET);

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(listening.line()).isEqualTo("verified  classification.done, 56 bytes, answered 200");
        }
    }

    @Test
    void sendsAnEventOfAnotherNameForANamedProvider() throws Exception {
        try (Listening listening = Listening.with("--provider", "formflow", "--secret", SECRET, "--count", "1")) {
            Run.of("send", listening.url(), "--event", "archived", "--provider", "formflow", "--secret", SECRET);

            assertThat(listening.line()).startsWith("verified  archived, ");
        }
    }

    @Test
    void returns3WhereNobodyAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Run run = Run.of("send", "http://127.0.0.1:" + free + "/", "--event", "export", "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("No one answers at 127.0.0.1:" + free + ": the connection was not accepted")
                .doesNotContain("Exception");
    }

    @Test
    void returns3WhereThereIsNoSuchHost() {
        Run run = Run.of("send", "http://no-such-host.invalid/", "--event", "export", "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("There is no host no-such-host.invalid").doesNotContain("rejected", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"2xx, 204, 0", "2XX, 200, 0", "2xx, 409, 1", "4xx, 409, 0", "204, 204, 0", "200, 204, 1", "5xx, 499, 1"
    })
    void expectsAStatusOrARangeOfThem(String expected, int answered, int exitCode) throws Exception {
        try (Endpoint endpoint = Endpoint.answering(answered)) {
            Run run = Run.of("send", endpoint.url(), "--event", "export", "--secret", SECRET, "--expect", expected);

            assertThat(run.exitCode()).isEqualTo(exitCode);
        }
    }

    @Test
    void returns3WhereTheAnswerTakesTooLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of(
                    "send",
                    "http://127.0.0.1:" + silent.getLocalPort() + "/",
                    "--event",
                    "export",
                    "--secret",
                    SECRET,
                    "--timeout",
                    "50ms");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("There was no answer from 127.0.0.1:", " within 50 ms (--timeout)");
        }
    }

    @Test
    void coloursTheVerdictOnATerminalAlone() throws Exception {
        try (Endpoint endpoint = Endpoint.answering(200)) {
            String[] args = {"send", endpoint.url(), "--event", "export", "--secret", SECRET};

            assertThat(Run.of(Ansi.ON, args).out()).contains("\u001b[32mas expected\u001b[");
            assertThat(Run.of(Ansi.OFF, args).out()).doesNotContain("\u001b");
        }
    }
}
