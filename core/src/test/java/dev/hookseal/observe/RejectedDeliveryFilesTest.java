package dev.hookseal.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Deliveries;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** What is kept of rejected deliveries. */
class RejectedDeliveryFilesTest {
    private static final Instant NOW = Instant.parse("2023-10-28T12:00:00Z");
    private static final byte[] BODY = "{\"a\":\"\u00e9\"}".getBytes(UTF_8);

    private final MovedClock clock = new MovedClock(NOW);

    @TempDir
    private Path temporary;

    @Test
    void keepsHeadersAndBodyOfADeliveryThatWasRead() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("X-Webhook-Signature", List.of("0".repeat(64)));
        headers.put("Accept", List.of("a", "b\u00e9"));

        receiver(new RejectedDeliveryFiles(temporary)).receive(WebhookRequest.of("POST", headers, BODY));

        assertThat(names()).containsExactly("0001.body", "0001.headers");
        assertThat(temporary.resolve("0001.body")).hasBinaryContent(BODY);
        assertThat(Files.readAllLines(temporary.resolve("0001.headers"), ISO_8859_1))
                .containsExactly(
                        "Hookseal-Received: 2023-10-28T12:00:00Z",
                        "Hookseal-Provider: formflow",
                        "Hookseal-Endpoint: formflow",
                        "Hookseal-Reason: signature-mismatch",
                        "X-Webhook-Signature: " + "0".repeat(64),
                        "Accept: a",
                        "Accept: b\u00e9");
    }

    @Test
    void marksABodyThatWasNotReadToItsEnd() throws IOException {
        WebhookRequest broken = new WebhookRequest() {
            @Override
            public String method() {
                return "POST";
            }

            @Override
            public List<String> headers(String name) {
                return name.equals("X-Webhook-Signature") ? List.of("0".repeat(64)) : List.of();
            }

            @Override
            public Map<String, List<String>> headers() {
                return Map.of("X-Webhook-Signature", List.of("0".repeat(64)));
            }

            @Override
            public byte[] body() throws WebhookRejectedException {
                throw new WebhookRejectedException(RejectionReason.BODY_UNREADABLE);
            }

            @Override
            public byte[] bodyAsFarAsRead() {
                return new byte[] {1, 2};
            }
        };

        receiver(new RejectedDeliveryFiles(temporary)).receive(broken);

        assertThat(temporary.resolve("0001.body")).hasBinaryContent(new byte[] {1, 2});
        assertThat(temporary.resolve("0001.headers"))
                .content()
                .contains("Hookseal-Reason: body-unreadable\n", "Hookseal-Body: incomplete\n");
    }

    @Test
    void leavesOutCredentialsAndHeadersThatWouldPassForNotes() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("authorization", List.of("Basic c2VjcmV0"));
        headers.put("COOKIE", List.of("session=s3cr3t"));
        headers.put("hookseal-reason", List.of("event-too-old"));

        receiver(new RejectedDeliveryFiles(temporary)).receive(WebhookRequest.of("POST", headers, BODY));

        assertThat(temporary.resolve("0001.headers"))
                .content()
                .contains("authorization: (left out)\n", "COOKIE: (left out)\n", "Hookseal-Reason: signature-missing\n")
                .doesNotContain("c2VjcmV0", "s3cr3t", "event-too-old");
    }

    @Test
    void keepsWhatIsNewestAndGoesOnCountingAfterARestart() throws IOException {
        WebhookReceiver<FormFlowEvent> receiver = receiver(new RejectedDeliveryFiles(temporary, 2, 1024 * 1024));
        for (int i = 0; i < 3; i++) {
            receiver.receive(unsigned(i + 1));
        }
        assertThat(names()).containsExactly("0002.body", "0002.headers", "0003.body", "0003.headers");

        receiver(new RejectedDeliveryFiles(temporary, 2, 1024 * 1024)).receive(unsigned(4));

        assertThat(names()).containsExactly("0003.body", "0003.headers", "0004.body", "0004.headers");
        assertThat(temporary.resolve("0004.body")).hasSize(4);
    }

    @Test
    void keepsNoMoreBytesThanItsSize() throws IOException {
        WebhookReceiver<FormFlowEvent> receiver = receiver(new RejectedDeliveryFiles(temporary, 100, 64 * 1024));
        for (int i = 0; i < 5; i++) {
            receiver.receive(unsigned(20 * 1024));
        }
        assertThat(names())
                .containsExactly("0003.body", "0003.headers", "0004.body", "0004.headers", "0005.body", "0005.headers");

        receiver.receive(unsigned(200 * 1024));

        assertThat(names()).containsExactly("0006.body", "0006.headers");
        assertThat(temporary.resolve("0006.body")).hasSize(64 * 1024);
        assertThat(temporary.resolve("0006.headers")).content().contains("Hookseal-Body: incomplete");
    }

    @Test
    void keepsNothingOfOtherMethodsAndOfGenuineDeliveries() throws IOException {
        WebhookReceiver<FormFlowEvent> receiver = receiver(new RejectedDeliveryFiles(temporary));

        receiver.receive(WebhookRequest.of("GET", Map.of(), new byte[0]));
        receiver.receive(Deliveries.formFlow(Deliveries.FORMFLOW_BODY));

        assertThat(names()).isEmpty();
    }

    @Test
    void saysAtTheStartThatItIsOnAndThenWhatItKeptAndWhereToLook() {
        try (CapturedLog log = CapturedLog.of("dev.hookseal")) {
            WebhookReceiver<FormFlowEvent> receiver = receiver(new RejectedDeliveryFiles(temporary));
            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("kept in " + temporary, "remove hookseal.rejected.keep");

            receiver.receive(WebhookRequest.of("POST", Map.of("X-Webhook-Signature", List.of("0".repeat(64))), BODY));

            assertThat(log.messages(Level.INFO))
                    .contains("Kept the rejected delivery as " + temporary.resolve("0001.body"));
            assertThat(log.messages(Level.WARN).get(1))
                    .contains("take a delivery from the directory")
                    .doesNotContain("set hookseal.rejected.keep");
        }
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        Path directory = temporary.resolve("a/b");

        new RejectedDeliveryFiles(directory);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void failsTheStartWhereTheDirectoryCannotBe() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        for (Path directory : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> new RejectedDeliveryFiles(directory))
                    .isInstanceOf(WebhookConfigurationException.class)
                    .hasMessageContaining("hookseal.rejected.keep is " + directory);
        }
        assertThatThrownBy(() -> new RejectedDeliveryFiles(temporary, 0, 1024 * 1024))
                .hasMessageContaining("hookseal.rejected.max-deliveries");
        assertThatThrownBy(() -> new RejectedDeliveryFiles(temporary, 100, 64))
                .hasMessageContaining("hookseal.rejected.max-size")
                .hasMessageContaining("a unit is needed");
    }

    @Test
    void costsNoDeliveryWhereItStopsBeingWritable() throws IOException {
        Path directory = temporary.resolve("kept");
        WebhookReceiver<FormFlowEvent> receiver = receiver(new RejectedDeliveryFiles(directory));
        Files.delete(directory);
        try (CapturedLog log = CapturedLog.of(RejectedDeliveryFiles.class)) {
            receiver.receive(unsigned(1));
            clock.advance(Duration.ofMinutes(59));
            receiver.receive(unsigned(1));
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("hookseal.rejected.keep");

            clock.advance(Duration.ofMinutes(1));
            receiver.receive(unsigned(1));
            assertThat(log.messages(Level.WARN)).hasSize(2);
        }
        Files.createDirectory(directory);
        receiver.receive(unsigned(1));
        assertThat(directory).isDirectoryContaining("glob:**.body");
    }

    private WebhookReceiver<FormFlowEvent> receiver(DeliveryObserver observer) {
        return WebhookReceiver.builder(
                        new FormFlowProvider(),
                        Deliveries.formFlowSettings().clock(clock).build())
                .observer(observer)
                .build();
    }

    private static WebhookRequest unsigned(int bytes) {
        return WebhookRequest.of("POST", Map.of(), new byte[bytes]);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
