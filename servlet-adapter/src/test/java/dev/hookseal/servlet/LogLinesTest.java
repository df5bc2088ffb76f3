package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Whatever comes over the wire, nobody can write a line of the log. */
class LogLinesTest {
    @AutoClose
    private final CapturedLog log = CapturedLog.ofHookseal();

    private static final String PATH = "/webhooks/formflow";

    private final Endpoint endpoint = new Endpoint();

    @AutoClose
    private final Server server = new Server();

    @BeforeEach
    void start() {
        server.filter(PATH, WebhookFilter.of(endpoint.receiver()))
                .servlet(PATH, (request, response) -> response.setStatus(204))
                .start();
        log.clear();
    }

    // What containers let through: the next line of Latin-1, a tab, a space that is none.
    @ParameterizedTest
    @ValueSource(strings = {"\u0085INFO forged", "\tINFO forged", "\u00a0forged"})
    void noHeaderGetsIntoTheLog(String text) throws Exception {
        sendInEachHeader(text);

        assertThat(lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).matches("[ -~]+").doesNotContain("forged"));
    }

    // What some let through and others answer themselves.
    @ParameterizedTest
    @ValueSource(strings = {"\r\n INFO forged", "\u001b[31mforged", "\u0000forged", "\nINFO forged"})
    void noHeaderThatIsNoneGetsIntoTheLog(String text) throws Exception {
        sendInEachHeader(text);

        assertThat(lines())
                .allSatisfy(line -> assertThat(line).matches("[ -~]+").doesNotContain("forged"));
    }

    private void sendInEachHeader(String text) throws Exception {
        Delivery delivery = endpoint.delivery("e-1");
        send(delivery.replace(Delivery.SIGNATURE, delivery.signature() + text));
        send(delivery.replace(Delivery.SIGNATURE, text));
        send(delivery.with("X-Webhook-Timestamp", text));
        send(delivery.with("User-Agent", text).without(Delivery.SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r\\nINFO forged", "\\u0085INFO forged", "\\u2028INFO forged", "\\u001b[31mforged"})
    void noNameAndNoIdOfAnEventBeginsALine(String text) throws Exception {
        send(endpoint.signed("{\"eventId\":\"e-1" + text + "\",\"eventType\":\"archived" + text
                + "\",\"timestamp\":\"2023-10-28T12:00:00Z\"}"));
        send(endpoint.signed("{\"eventId\":\"e-2" + text + "\",\"eventType\":\"archived" + text + "\",\"timestamp\":\""
                + text + "\"}"));

        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .matches("[ -~]+")
                        .doesNotContain("INFO forged")
                        .contains("formflow:sha256:"));
    }

    @Test
    void eachDeliveryIsOneLine() throws Exception {
        send(endpoint.delivery("e-1"));
        send(endpoint.delivery("e-1"));
        send(endpoint.delivery("e-2").without(Delivery.SIGNATURE));

        assertThat(log.messages(Level.INFO)).containsExactly("Rejected a delivery at formflow: signature-missing");
        assertThat(log.messages(Level.DEBUG))
                .containsExactly(
                        "Delivery at formflow: HANDLED, event extracted, delivery formflow:extracted:e-1",
                        "Delivery at formflow: DUPLICATE, event extracted, delivery formflow:extracted:e-1");
    }

    private void send(Delivery delivery) throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(delivery.wire(PATH));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            assertThat(answer.toString(StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 ");
        }
    }

    private List<String> lines() {
        return log.messages();
    }
}
