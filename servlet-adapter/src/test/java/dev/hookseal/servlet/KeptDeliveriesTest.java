package dev.hookseal.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.observe.RejectedDeliveryFiles;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of rejected deliveries is what came over the wire, as far as it was read. */
class KeptDeliveriesTest {
    @AutoClose
    private final CapturedLog log = CapturedLog.ofHookseal();

    private static final String PATH = "/webhooks/formflow";
    private static final int MAX_BODY_BYTES = 10_000;

    @TempDir
    private Path directory;

    @AutoClose
    private final Server server = new Server();

    @BeforeEach
    void start() {
        WebhookReceiver<?> receiver = WebhookReceiver.builder(
                        new FormFlowProvider(),
                        EndpointSettings.builder("formflow")
                                .secret(SigningSecret.ofUtf8("s"))
                                .maxBodyBytes(MAX_BODY_BYTES)
                                .build())
                .observer(new RejectedDeliveryFiles(directory))
                .build();
        server.filter(PATH, WebhookFilter.of(receiver))
                .servlet(PATH, (request, response) -> response.setStatus(204))
                .start();
        log.clear();
    }

    @Test
    void keepsHeadersAndBodyOfAForgery() throws Exception {
        byte[] body = "{\"eventId\":\"\u00e9\"}\n".getBytes(UTF_8);

        send(forged(), BodyPublishers.ofByteArray(body));

        assertThat(directory.resolve("0001.body")).hasBinaryContent(body);
        assertThat(headers())
                .contains("Hookseal-Reason: signature-mismatch")
                .anyMatch(line -> line.equalsIgnoreCase("X-Webhook-Signature: " + "0".repeat(64)))
                .anyMatch(line -> line.equalsIgnoreCase("Authorization: (left out)"))
                .noneMatch(line -> line.startsWith("Hookseal-Body"));
    }

    @Test
    void keepsTheBeginningOfABodyThatIsTooLarge() throws Exception {
        byte[] body = new byte[MAX_BODY_BYTES + 500];
        Arrays.fill(body, (byte) 'x');

        send(forged(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(directory.resolve("0001.body")).hasSize(MAX_BODY_BYTES + 1);
        assertThat(headers()).contains("Hookseal-Reason: body-too-large", "Hookseal-Body: incomplete");
        assertThat(log.lines())
                .anyMatch(line -> line.contains(
                        "body-too-large (the limit is 10000 bytes:" + " hookseal.endpoints.formflow.max-body-size)"));
    }

    @Test
    void keepsNoBodyThatWasNotRead() throws Exception {
        send(forged().header("Content-Encoding", "gzip"), BodyPublishers.ofString("{}"));

        assertThat(directory.resolve("0001.body")).isEmptyFile();
        assertThat(headers()).contains("Hookseal-Reason: content-encoded", "Hookseal-Body: incomplete");
    }

    private HttpRequest.Builder forged() {
        return server.request(PATH)
                .header("X-Webhook-Signature", "0".repeat(64))
                .header("Authorization", "Bearer s3cr3t");
    }

    private void send(HttpRequest.Builder request, HttpRequest.BodyPublisher body) throws Exception {
        assertThat(server.send(request.POST(body)).statusCode()).isBetween(400, 499);
    }

    private List<String> headers() throws Exception {
        return Files.readAllLines(directory.resolve("0001.headers"));
    }
}
