package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.request.RejectionReason;
import jakarta.servlet.ServletException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A multipart request is rejected, whatever is in it, before a container parses it. */
class MultipartTest {
    @AutoClose
    private final CapturedLog log = CapturedLog.ofHookseal();

    private static final String PATH = "/webhooks/formflow";

    private final Endpoint endpoint = new Endpoint();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AutoClose
    private final Server server = new Server();

    @BeforeEach
    void clearLog() {
        log.clear();
    }

    private void serve(Server.Handler handler) {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .multipartServlet(PATH, handler)
                .start();
    }

    static Stream<Arguments> requests() {
        List<String> types = List.of(
                "multipart/form-data; boundary=b",
                "Multipart/Form-Data; boundary=b",
                "multipart/form-data",
                "multipart/mixed; boundary=b",
                "multipart/");
        List<String> bodies = List.of(
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
                "--b\r\nbroken",
                "");
        return types.stream().flatMap(type -> bodies.stream().map(body -> Arguments.of(type, body)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void itIsABadRequestWithOneLineOfLog(String type, String body) throws Exception {
        serve((request, response) -> seen.add("called"));
        Delivery signed = endpoint.signed(body).replace("Content-Type", type);

        assertThat(server.post(PATH, signed).statusCode()).isEqualTo(400);
        assertRejectedInOneLine();
        assertThat(server.post(PATH, signed.without(Delivery.SIGNATURE)).statusCode())
                .isEqualTo(400);
        assertRejectedInOneLine();
        assertThat(seen).isEmpty();
    }

    @Test
    void oneThatBreaksOffIsNoOther() throws Exception {
        serve((request, response) -> seen.add("called"));
        Delivery signed = endpoint.signed("--b\r\n").replace("Content-Type", "multipart/form-data; boundary=b");

        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(signed.wire(PATH, "Content-Length: 1000\r\n"));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 400");
        }

        assertRejectedInOneLine();
    }

    @Test
    void aFilterAheadMayHaveAskedForAParameter() throws Exception {
        server.filter(PATH, (request, response, chain) -> {
            seen.add(String.valueOf(request.getParameter("a")));
            chain.doFilter(request, response);
        });
        serve((request, response) -> seen.add("called"));
        Delivery signed = endpoint.signed("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n")
                .replace("Content-Type", "multipart/form-data; boundary=b");

        assertThat(server.post(PATH, signed).statusCode()).isEqualTo(400);

        assertRejectedInOneLine();
        assertThat(seen).containsExactly("1");
    }

    @Test
    void aVerifiedDeliveryHasNoParts() throws Exception {
        serve((request, response) -> {
            try {
                request.getParts();
            } catch (ServletException e) {
                seen.add("no parts");
            }
            seen.add(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        });
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post(PATH, delivery).statusCode()).isEqualTo(200);

        assertThat(seen).containsExactly("no parts", new String(delivery.body(), StandardCharsets.UTF_8));
    }

    private void assertRejectedInOneLine() throws Exception {
        DeliveryOutcome outcome = endpoint.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.REJECTED);
        assertThat(Reasons.of(outcome)).isEqualTo(RejectionReason.MULTIPART);
        assertThat(log.lines()).singleElement().asString().startsWith("INFO").contains("multipart");
        log.clear();
    }
}
