package dev.hookseal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.provider.ProviderKit;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain makes of a delivery without being told whose it is, and of what else the sender may have used. */
class RecognisedDeliveryTest {
    private static final String SECRET = "a-secret-of-tests";
    private static final String BODY =
            "{\"eventId\":\"1\",\"eventType\":\"extracted\",\"timestamp\":\"2023-10-28T12:00:00Z\"}";

    @TempDir
    private Path folder;

    /** Runs the command with jars on the class path that bring these kits. */
    private Run with(Class<? extends ProviderKit> kit, String... args) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ProviderKit.class.getName()), kit.getName());
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader more = new URLClassLoader(new URL[] {folder.toUri().toURL()}, own)) {
            thread.setContextClassLoader(more);
            return Run.of(args);
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, UTF_8);
    }

    /** Signs the body as a provider does, and returns the options with its headers. */
    private String[] signed(String provider, String secret, String... more) throws IOException {
        Path body = file("body.json", BODY);
        Run run =
                Run.of(with(new String[] {"sign", body.toString(), "--provider", provider, "--secret", secret}, more));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path headers = file("headers.txt", run.out());
        return new String[] {"explain", body.toString(), "--headers", headers.toString(), "--at", "2023-10-28T12:00:01Z"
        };
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
    }

    private void changeHeaders(String from, String to) throws IOException {
        Path headers = folder.resolve("headers.txt");
        Files.writeString(headers, Files.readString(headers).replaceFirst(from, to));
    }

    @Test
    void recognisesADeliveryByTheFormOfItsSignature() throws IOException {
        String[] args = signed("formflow", SECRET);
        Run genuine = Run.of(with(args, "--secret", SECRET));
        file("body.json", BODY + "\n");
        Run longer = Run.of(with(args, "--secret", SECRET));

        assertThat(genuine.exitCode()).as(genuine.all()).isZero();
        assertThat(genuine.out())
                .startsWith("Recognised as a delivery of formflow by its header X-Webhook-Signature. It also has a"
                        + " signature header of extracta, which could not read it.")
                .contains("Genuine: ");
        assertThat(longer.exitCode()).isEqualTo(1);
        assertThat(longer.out())
                .startsWith("Recognised as a delivery of formflow")
                .contains("\nnewline-added: ");
    }

    @Test
    void recognisesADeliveryByAHeaderThatNoOtherProviderHas() throws IOException {
        Run run = Run.of(with(signed("acme", SECRET), "--secret", SECRET));

        assertThat(run.out()).startsWith("Recognised as a delivery of acme by its header Acme-Signature.\n");
    }

    @Test
    void recognisesADeliveryThatHasLostItsSignature() throws IOException {
        String[] args = signed("standard-webhooks", "whsec_c2VjcmV0IG9mIHRlc3Rz");
        changeHeaders("(?m)^webhook-signature: .*$", "");
        Run run = Run.of(with(args, "--secret", "whsec_c2VjcmV0IG9mIHRlc3Rz"));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Recognised as a delivery of standard-webhooks by its headers webhook-id,"
                        + " webhook-timestamp, though it has no signature.\n")
                .contains("signature-missing: ");
    }

    @Test
    void takesTheProviderWhoseSignatureIsValidOfTwoThatWriteThemAlike() throws IOException {
        Run run = with(TwinKit.class, with(signed("formflow", SECRET), "--secret", SECRET));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out())
                .startsWith("Recognised as a delivery of formflow by its header X-Webhook-Signature. It also has a"
                        + " signature header of a-twin, extracta; formflow was taken because its signature is valid")
                .contains("give --provider");
    }

    @Test
    void takesTheProviderForWhichACauseIsFound() throws IOException {
        String[] args = signed("formflow", SECRET);
        file("body.json", BODY + "\n");
        Run run = with(TwinKit.class, with(args, "--secret", SECRET));
        Run unknown = with(TwinKit.class, with(args, "--secret", "another"));

        assertThat(run.out()).contains("formflow was taken because a cause was found for it", "newline-added: ");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.out())
                .contains("a-twin was taken because it is the first by name, and no cause was found for any");
    }

    @Test
    void asksForTheProviderIfNoHeaderTells() throws IOException {
        Run run = Run.of("explain", file("body.json", BODY).toString(), "-H", "X-Other: 1", "--secret", SECRET);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Whose delivery is it?", "Give --provider");
    }

    @Test
    void namesTheOtherSecretThatWasUsed() throws IOException {
        String[] args = signed("formflow", "of-the-environment");
        Path right = file("right", "of-the-environment\n");
        Run byVariable = Run.of(with(args, "--secret", SECRET, "--other-secret-env", "test mode=HOOKSEAL_TEST_SECRET"));
        Run byFile = Run.of(with(args, "--secret", SECRET, "--other-secret-file", "staging=" + right));
        Run missing = Run.of(with(args, "--secret", SECRET, "--other-secret-env", "x=NO_SUCH_VARIABLE"));

        assertThat(byVariable.exitCode()).as(byVariable.all()).isEqualTo(1);
        assertThat(byVariable.out())
                .contains("secret-of-another-endpoint: ", "Here: it is the one given as \"test mode\"")
                .doesNotContain("of-the-environment");
        assertThat(byFile.out()).contains("Here: it is the one given as \"staging\"");
        assertThat(missing.err()).contains("There is no environment variable NO_SUCH_VARIABLE");
    }

    @Test
    void triesOtherUrlsAndMethods() throws IOException {
        Path body = file("body.json", BODY);
        Run signed = with(
                CrmKit.class,
                with(
                        new String[] {"sign", body.toString(), "--provider", "crm", "--secret", SECRET},
                        "--url",
                        "https://hooks.example.org/in?tenant=1"));
        Path headers = file("headers.txt", signed.out());
        String[] args = {
            "explain",
            body.toString(),
            "--headers",
            headers.toString(),
            "--secret",
            SECRET,
            "--set",
            "public-url=https://hooks.example.org/in"
        };

        assertThat(with(CrmKit.class, with(args, "--query", "tenant=1")).exitCode())
                .isZero();
        assertThat(with(CrmKit.class, with(args, "--query", "tenant=1&x=2")).out())
                .contains("url-changed: ", "Here: it was signed without a parameter that was added to the query");
        assertThat(with(CrmKit.class, with(args, "--query", "tenant=1", "--method", "PUT"))
                        .out())
                .contains("method-changed: ", "Here: it was signed for POST");
        args[7] = "public-url=https://staging.example.org/";
        assertThat(with(CrmKit.class, with(args, "--query", "tenant=1", "--other-url", "https://hooks.example.org/in"))
                        .out())
                .contains("url-changed: ", "Here: it was signed for https://hooks.example.org/in");
        assertThat(with(CrmKit.class, with(args, "--query", "tenant=1")).exitCode())
                .isEqualTo(4);
    }

    @Test
    void saysWhyTheProviderRejects() throws IOException {
        String secret = "whsec_c2VjcmV0IG9mIHRlc3Rz";
        String[] args = signed("standard-webhooks", secret);
        changeHeaders("(?m)^webhook-id: .*$", "webhook-id: a.b");
        Run separator = Run.of(with(args, "--secret", secret));
        changeHeaders("(?m)^webhook-id: .*$", "");
        Run missing = Run.of(with(args, "--secret", secret));
        Run unusable = Run.of(with(args, "--secret", "not base64"));

        assertThat(separator.out())
                .contains(
                        "Hint: it is rejected as signature-malformed: the header webhook-id, which is signed, is missing,"
                                + " repeated or not of its form");
        assertThat(missing.out()).contains("signed-header-missing: ", "Here: it is webhook-id");
        assertThat(unusable.exitCode()).isEqualTo(2);
        assertThat(unusable.err())
                .contains("--secret is not a secret of standard-webhooks: it is not whsec_ and base64");
    }

    @Test
    void saysHowLateADeliveryIs() throws IOException {
        String secret = "whsec_c2VjcmV0IG9mIHRlc3Rz";
        String[] args = signed("standard-webhooks", secret);
        Run run = Run.of(with(args, "--secret", secret));
        args[0] = "verify";
        Run verified = Run.of(with(args, "--secret", secret, "--provider", "standard-webhooks"));

        assertThat(run.out())
                .contains("timestamp-outside-tolerance: ", "Here: the time of the delivery is ahead of the clock: ")
                .contains("--set tolerance is PT5M");
        assertThat(verified.out()).contains("--set tolerance is PT5M");
    }

    @Test
    void rejectsANameThatTheKitDoesNotSend() throws IOException {
        Run sent = with(
                CrmKit.class,
                "send",
                "http://127.0.0.1:9/",
                "--provider",
                "crm",
                "--event",
                "contact.lost",
                "--secret",
                SECRET);
        Path body = file("body.json", BODY);
        Run signed =
                Run.of("sign", body.toString(), "--provider", "acme", "--secret", SECRET, "--event-name", "order.lost");

        assertThat(sent.exitCode()).isEqualTo(2);
        assertThat(sent.err())
                .contains("--event contact.lost cannot be sent: the kit of crm does not put the name of an event into a"
                        + " delivery. Use --file with a body that has it, or one of contact.changed");
        assertThat(signed.exitCode()).isEqualTo(2);
        assertThat(signed.err()).contains("--event-name has no effect: acme does not send the event's name outside");
    }

    @Test
    void namesTheOptionWithASecretThatCannotSign() throws IOException {
        Path body = file("body.json", BODY);
        Path secret = file("secret", "not base64 at all\n");
        String[] sign = {"sign", body.toString(), "--provider", "standard-webhooks"};

        assertThat(Run.of(with(sign, "--secret", "~~~")).err())
                .startsWith("--secret is not a secret that standard-webhooks signs with: ");
        assertThat(Run.of(with(sign, "--secret-file", secret.toString())).err())
                .startsWith("--secret-file " + secret + " is not a secret that standard-webhooks signs with: ");
        assertThat(Run.of("sign", file("empty", "{}").toString(), "--provider", "extracta", "--secret", SECRET)
                        .err())
                .startsWith("It cannot be signed as extracta does: ");
    }
}
