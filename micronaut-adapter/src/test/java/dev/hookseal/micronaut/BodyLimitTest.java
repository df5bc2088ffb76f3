package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.request.RejectionReason;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    private static final int LIMIT = 64 * 1024;
    private static final String TOO_LARGE = "{\"title\":\"Content Too Large\",\"status\":413}";

    private Server server;

    @BeforeEach
    void start() {
        server = Server.start("limits", Map.of("hookseal.endpoints.formflow.max-body-size", "64KB"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        assertThat(server.send("/limits", Delivery.ofSize("e-1", LIMIT)).statusCode())
                .isEqualTo(200);
        assertThat(server.send(chunked(Delivery.ofSize("e-2", LIMIT))).statusCode())
                .isEqualTo(200);
        assertThat(server.seen()).containsExactly("e-1", "e-2");
    }

    @Test
    void rejectsOneByteMoreByContentLength() throws Exception {
        assertTooLarge(server.send("/limits", Delivery.ofSize("e-1", LIMIT + 1)));
    }

    @Test
    void rejectsOneByteMoreInChunks() throws Exception {
        assertTooLarge(server.send(chunked(Delivery.ofSize("e-1", LIMIT + 1))));
    }

    @Test
    void answersAnAnnouncedLengthWithoutWaitingForTheBody() throws Exception {
        try (Socket socket = connect()) {
            write(socket, head() + "Content-Length: " + (LIMIT + 1) + "\r\n\r\n");

            assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 413 ").endsWith(TOO_LARGE);
        }
    }

    @Test
    void answersChunksBeyondTheLimitWithoutWaitingForTheirEnd() throws Exception {
        try (Socket socket = connect()) {
            write(socket, head() + "Transfer-Encoding: chunked\r\n\r\n");
            write(socket, Integer.toHexString(LIMIT) + "\r\n" + "x".repeat(LIMIT) + "\r\n");
            write(socket, "1\r\nx\r\n");

            assertThat(readToTheEnd(socket)).startsWith("HTTP/1.1 413 ").endsWith(TOO_LARGE);
        }
        assertThat(Reasons.of(server.outcomes())).containsExactly(RejectionReason.BODY_TOO_LARGE);
    }

    @Test
    void doesNotReadOnWhenTheSenderDoes() throws Exception {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long taken = 0;
        try (Socket socket = connect()) {
            write(socket, head() + "Transfer-Encoding: chunked\r\n\r\n");
            while (taken < 64 * 1024 * 1024) {
                socket.getOutputStream().write(chunk);
                taken += chunk.length;
            }
        } catch (IOException closed) {
            assertThat(closed).hasMessageNotContaining("timed out");
        }

        // what the sockets' buffers hold, and by far not all that was to be sent
        assertThat(taken).isLessThan(32 * 1024 * 1024);
    }

    @Test
    void answersInTheSameWayWhereTheServersOwnLimitIsLower() throws Exception {
        CapturedLog log = CapturedLog.ofHookseal();
        try (Server lower = Server.start("limits", Map.of("micronaut.server.max-request-size", "1KB"))) {
            assertThat(log.text())
                    .containsOnlyOnce("WARN hookseal.endpoints.formflow.max-body-size (1048576 bytes) is more than"
                            + " Micronaut takes: larger deliveries than micronaut.server.max-request-size (1024 bytes) are"
                            + " answered with 413.");
            for (HttpRequest tooLarge : List.of(
                    Delivery.ofSize("e-1", 1025).request(lower.uri("/limits")).build(),
                    chunked(lower, Delivery.ofSize("e-2", 1025)))) {
                HttpResponse<String> response = lower.send(tooLarge);

                assertThat(response.statusCode()).isEqualTo(413);
                assertThat(response.body()).isEqualTo(TOO_LARGE);
            }
            assertThat(log.text().lines())
                    .filteredOn(
                            line -> line.contains("Rejected a delivery at formflow: body-too-large (the limit is 1024"
                                    + " bytes: micronaut.server.max-request-size)"))
                    .hasSize(2);
            assertThat(lower.send("/limits", Delivery.ofSize("e-3", 1024)).statusCode())
                    .isEqualTo(200);
        } finally {
            log.close();
        }
    }

    @Test
    void namesTheServersLimitForWhatItHolds() throws Exception {
        CapturedLog log = CapturedLog.ofHookseal();
        try (Server lower = Server.start("limits", Map.of("micronaut.server.max-request-buffer-size", "1KB"))) {
            assertThat(log.text())
                    .containsOnlyOnce(
                            "larger deliveries than micronaut.server.max-request-buffer-size (1024 bytes) are");

            assertThat(lower.send(chunked(lower, Delivery.ofSize("e-1", 100_000)))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(log.text())
                    .contains("body-too-large (the limit is 1024 bytes: micronaut.server.max-request-buffer-size)");
        } finally {
            log.close();
        }
    }

    @Test
    void namesTheEndpointsLimitWhereThatIsLower() throws Exception {
        CapturedLog log = CapturedLog.ofHookseal();
        try (Server lower = Server.start("limits", Map.of("hookseal.endpoints.formflow.max-body-size", "4KB"))) {
            assertThat(log.text()).doesNotContain("max-request-size");
            lower.send("/limits", Delivery.ofSize("e-1", 4097));
            lower.send(chunked(lower, Delivery.ofSize("e-2", 4097)));

            assertThat(log.text().lines())
                    .filteredOn(
                            line -> line.contains("Rejected a delivery at formflow: body-too-large (the limit is 4096"
                                    + " bytes: hookseal.endpoints.formflow.max-body-size)"))
                    .hasSize(2);
        } finally {
            log.close();
        }
    }

    @Test
    void takesALargeBodyOnceTheServerDoes() throws Exception {
        int size = 12 * 1024 * 1024;
        try (Server larger = Server.start(
                "limits",
                Map.of(
                        "micronaut.server.max-request-size", "20MB",
                        "micronaut.server.max-request-buffer-size", "20MB",
                        "hookseal.endpoints.formflow.max-body-size", "16MB"))) {
            assertThat(larger.send("/limits", Delivery.ofSize("e-1", size)).statusCode())
                    .isEqualTo(200);
            assertThat(larger.send(chunked(larger, Delivery.ofSize("e-2", size)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void assertTooLarge(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).isEqualTo(TOO_LARGE);
        assertThat(server.seen()).isEmpty();
        assertThat(Reasons.of(server.outcomes())).containsExactly(RejectionReason.BODY_TOO_LARGE);
    }

    private HttpRequest chunked(Delivery delivery) {
        return chunked(server, delivery);
    }

    private static HttpRequest chunked(Server server, Delivery delivery) {
        return delivery.request(server.uri("/limits"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(delivery.body())))
                .build();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String head() {
        return "POST /limits HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: "
                + "00".repeat(32) + "\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Ends only when the server closes the connection. */
    private static String readToTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Requires(property = "spec", value = "limits")
    @Controller
    static class Handler {
        private final Seen seen;

        Handler(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("formflow")
        @Post("/limits")
        void handle(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }
}
