package dev.hookseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenCommandTest {
    private static final String SECRET = "a-secret-of-tests";

    private static HttpResponse<String> request(String url, String method, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void tellsARepeatedDeliveryFromAFirst() throws Exception {
        try (Listening listening = Listening.with("--provider", "formflow", "--secret", SECRET, "--count", "2")) {
            Run.of("send", listening.url(), "--event", "export", "--secret", SECRET, "--times", "2", "--same");

            assertThat(listening.line()).startsWith("verified  export, ");
            assertThat(listening.line()).startsWith("verified  export, duplicate, ");
            assertThat(listening.exitCode()).isZero();
        }
    }

    @Test
    void answersAsToldSoThatARedeliveryIsHandled() throws Exception {
        try (Listening listening =
                Listening.with("--provider", "formflow", "--secret", SECRET, "--count", "2", "--answer", "503")) {
            Run run = Run.of(
                    "send",
                    listening.url(),
                    "--event",
                    "export",
                    "--secret",
                    SECRET,
                    "--times",
                    "2",
                    "--same",
                    "--expect",
                    "503");

            assertThat(run.exitCode()).isZero();
            assertThat(listening.line()).endsWith("answered 503");
            assertThat(listening.line()).doesNotContain("duplicate");
        }
    }

    @Test
    void saysWhatIsWrongWithADelivery() throws Exception {
        try (Listening listening = Listening.with("--provider", "formflow", "--secret", SECRET + " ", "--count", "1")) {
            Run.of("send", listening.url(), "--event", "export", "--secret", SECRET);

            assertThat(listening.line()).startsWith("rejected   signature-mismatch (secret-white-space), ");
        }
    }

    @Test
    void answersAStrangerAsAReceiverDoes() throws Exception {
        try (Listening listening = Listening.with("--provider", "extracta", "--secret", SECRET, "--count", "2")) {
            HttpResponse<String> unsigned = request(listening.url(), "POST", "{}");
            // a line is written after its answer, so the next request waits for it
            assertThat(listening.line())
                    .isEqualTo("rejected   signature-missing (signature-missing), 2 bytes, answered 401");
            HttpResponse<String> get = request(listening.url(), "GET", "");

            assertThat(unsigned.statusCode()).isEqualTo(401);
            assertThat(unsigned.body()).isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
            assertThat(get.statusCode()).isEqualTo(405);
            assertThat(get.headers().firstValue("Allow")).contains("POST");
            assertThat(listening.line()).isEqualTo("rejected   method-not-allowed, 0 bytes, answered 405");
        }
    }

    @Test
    void letsNoEventsNameCommandTheTerminal() throws Exception {
        try (Listening listening = Listening.with("--provider", "formflow", "--secret", SECRET, "--count", "1")) {
            Run.of(
                    "send",
                    listening.url(),
                    "--event",
                    "\u001b[31mred\nverified",
                    "--provider",
                    "formflow",
                    "--secret",
                    SECRET);

            assertThat(listening.line()).startsWith("verified  ?[31mred?verified, ");
        }
    }

    @Test
    void makesTheFolderThatItKeepsIn(@TempDir Path folder) throws Exception {
        Path inner = folder.resolve("a/b");
        try (Listening listening = Listening.with(
                "--provider", "extracta", "--secret", SECRET, "--count", "1", "--keep", inner.toString())) {
            Run.of("send", listening.url(), "--event", "extraction.edited", "--secret", SECRET);

            assertThat(listening.line()).endsWith(inner.resolve("0001.body").toString());
            assertThat(inner.resolve("0001.headers")).exists();
        }
    }

    @Test
    void returns3WhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run =
                    Run.of("listen", "--provider", "formflow", "--secret", SECRET, "--port", "" + taken.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("is taken").doesNotContain("Exception");
        }
    }

    @Test
    void returns3WhereTheFolderIsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Run run = Run.of(
                "listen", "--provider", "formflow", "--secret", SECRET, "--port", "0", "--keep", file.toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .startsWith(file + ": the folder of --keep cannot be made: it is a file, and a folder is needed");
    }

    @Test
    void saysThatTheFolderCannotBeMadeAndNotThatThereIsNoFile(@TempDir Path folder) throws Exception {
        Path inner = Files.createFile(folder.resolve("file")).resolve("inner");
        Run run = Run.of(
                "listen", "--provider", "formflow", "--secret", SECRET, "--port", "0", "--keep", inner.toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .startsWith(inner + ": the folder of --keep cannot be made: ")
                .doesNotContain("There is no file", "Exception");
    }

    @Test
    void saysThatADeliveryIsNotKeptWhereTheFolderIsGone(@TempDir Path folder) throws Exception {
        Path inner = folder.resolve("inner");
        try (Listening listening = Listening.with(
                "--provider", "extracta", "--secret", SECRET, "--count", "1", "--keep", inner.toString())) {
            Files.delete(inner);
            Run.of("send", listening.url(), "--event", "extraction.edited", "--secret", SECRET);

            assertThat(listening.line()).startsWith("verified").contains("not kept: " + inner);
            assertThat(listening.exitCode()).isZero();
        }
    }
}
