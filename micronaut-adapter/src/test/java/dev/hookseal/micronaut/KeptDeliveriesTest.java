package dev.hookseal.micronaut;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of rejected deliveries is what came over the wire, as far as it was read. */
class KeptDeliveriesTest {
    private static final int LIMIT = 10_000;

    @TempDir
    private Path parent;

    private Path directory;
    private Server server;

    @BeforeEach
    void start() {
        directory = parent.resolve("kept");
        server = start(Map.of("hookseal.rejected.keep", directory.toString()));
    }

    private static Server start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("hookseal.endpoints.formflow.max-body-size", LIMIT);
        return Server.start("kept", all);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsHeadersAndBodyOfAForgery() throws Exception {
        byte[] body = "{\"eventId\":\"\u00e9\"}\n".getBytes(UTF_8);

        reject(forged().header("Authorization", "Bearer s3cr3t").POST(BodyPublishers.ofByteArray(body)));

        assertThat(directory.resolve("0001.body")).hasBinaryContent(body);
        assertThat(headers())
                .contains(
                        "Hookseal-Received: " + Server.NOW,
                        "Hookseal-Provider: formflow",
                        "Hookseal-Endpoint: formflow",
                        "Hookseal-Reason: signature-mismatch")
                .anyMatch(line -> line.equalsIgnoreCase("X-Webhook-Signature: " + "0".repeat(64)))
                .anyMatch(line -> line.equalsIgnoreCase("Authorization: (left out)"))
                .noneMatch(line -> line.startsWith("Hookseal-Body"))
                .noneMatch(line -> line.contains("s3cr3t"));
    }

    @Test
    void keepsNothingOfAGenuineDelivery() throws Exception {
        assertThat(server.send("/kept", Delivery.of("e-1")).statusCode()).isEqualTo(200);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void keepsTheBeginningOfABodyThatIsTooLarge() throws Exception {
        byte[] body = Delivery.ofSize("e-1", LIMIT + 500).body();

        reject(forged().POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(directory.resolve("0001.body")).hasSize(LIMIT + 1);
        assertThat(headers()).contains("Hookseal-Reason: body-too-large", "Hookseal-Body: incomplete");
    }

    @Test
    void keepsNoBodyThatWasNotRead() throws Exception {
        reject(forged().POST(BodyPublishers.ofByteArray(
                Delivery.ofSize("e-1", LIMIT + 500).body())));

        assertThat(directory.resolve("0001.body")).isEmptyFile();
        assertThat(headers()).contains("Hookseal-Reason: body-too-large", "Hookseal-Body: incomplete");
    }

    @Test
    void keepsNoBodyOfADeliveryWithoutASignature() throws Exception {
        reject(Delivery.of("e-1").unsignedRequest(server.uri("/kept")));

        assertThat(directory.resolve("0001.body")).isEmptyFile();
        assertThat(headers()).contains("Hookseal-Reason: signature-missing", "Hookseal-Body: incomplete");
    }

    @Test
    void keepsTheContentEncodingThatMicronautHides() throws Exception {
        reject(forged().header("Content-Encoding", "gzip").POST(BodyPublishers.ofString("{}")));

        assertThat(headers())
                .contains("Hookseal-Reason: content-encoded", "Hookseal-Body: incomplete")
                .anyMatch(line -> line.equalsIgnoreCase("Content-Encoding: gzip"))
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("x-hookseal"));
    }

    @Test
    void keepsNoMoreThanSoMany() throws Exception {
        try (Server few =
                start(Map.of("hookseal.rejected.keep", directory.toString(), "hookseal.rejected.max-deliveries", 2))) {
            for (int i = 0; i < 3; i++) {
                few.send(Delivery.of("e-" + i)
                        .withSignature("0".repeat(64))
                        .request(few.uri("/kept"))
                        .build());
            }
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("0002.body", "0002.headers", "0003.body", "0003.headers");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max-deliveries, 0, hookseal.rejected.max-deliveries must be from 1 to 100000",
        "max-deliveries, many, hookseal.rejected.max-deliveries is not a whole number: many",
        "max-size, 1, 'hookseal.rejected.max-size must be at least 64KB, and it is 1 bytes'",
        "max-size, large, hookseal.rejected.max-size is not a size: large",
    })
    void failsForABoundThatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> start(
                        Map.of("hookseal.rejected.keep", directory.toString(), "hookseal.rejected." + key, value)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining(message);
    }

    private HttpRequest.Builder forged() {
        return Delivery.of("e-1").withSignature("0".repeat(64)).request(server.uri("/kept"));
    }

    private void reject(HttpRequest.Builder request) throws Exception {
        assertThat(server.send(request.build()).statusCode()).isBetween(400, 499);
    }

    private List<String> headers() throws Exception {
        return Files.readAllLines(directory.resolve("0001.headers"));
    }

    @Requires(property = "spec", value = "kept")
    @Controller
    static class Handler {
        @WebhookEndpoint("formflow")
        @Post("/kept")
        void handle(FormFlowEvent event) {}
    }
}
