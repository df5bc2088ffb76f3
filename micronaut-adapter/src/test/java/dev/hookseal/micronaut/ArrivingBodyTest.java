package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.observe.DeliveryObserver;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.request.RejectionReason;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that take their time: how long they are waited for, and what they hold meanwhile. */
class ArrivingBodyTest {
    private static final String UNAVAILABLE = "{\"title\":\"Service Unavailable\",\"status\":503}";
    private static final String TIMEOUT = "{\"title\":\"Request Timeout\",\"status\":408}";

    private Server server;

    private void start(Map<String, Object> properties, Object... singletons) {
        server = Server.start("arriving", properties, singletons);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void answersADeliveryWithoutASignatureBeforeItsBody(String framing) throws Exception {
        start(Map.of());
        try (Connection connection = new Connection(server)) {
            connection.send(head() + framing + "\r\n\r\n");
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 401 ");

            // what is left of the body is dropped, and the connection goes on
            connection.send(framing.startsWith("Content") ? "0123456789" : "a\r\n0123456789\r\n0\r\n\r\n");
            connection.sendWhole(Delivery.of("e-1"));
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(reasons()).containsExactly(RejectionReason.SIGNATURE_MISSING, null);
    }

    @Test
    void answersABodyThatStopsArriving() throws Exception {
        start(Map.of("hookseal.body-timeout", "1s"));
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(Delivery.of("e-1")) + "Content-Length: 1000\r\n\r\n{\"half\":");

            assertThat(connection.readToTheEnd())
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith(TIMEOUT);
        }
        assertThat(reasons()).containsExactly(RejectionReason.BODY_TIMEOUT);
        assertThat(server.heldBytes()).isZero();
    }

    @Test
    void answersABodyThatArrivesByteByByte() throws Exception {
        start(Map.of("hookseal.body-timeout", "1s"));
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(Delivery.of("e-1")) + "Content-Length: 100000\r\n\r\n");

            assertThat(connection.trickleUntilAnswered()).startsWith("HTTP/1.1 408 ");
        }
        assertThat(reasons()).containsExactly(RejectionReason.BODY_TIMEOUT);
        assertThat(server.heldBytes()).isZero();
    }

    @Test
    void takesABodyThatArrivesInPiecesWithinItsTime() throws Exception {
        start(Map.of());
        Delivery delivery = Delivery.ofSize("e-1", 200_000);
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(delivery) + "Content-Length: 200000\r\n\r\n");
            for (int sent = 0; sent < 200_000; sent += 50_000) {
                connection.send(Arrays.copyOfRange(delivery.body(), sent, sent + 50_000));
                if (sent + 50_000 < 200_000) {
                    awaitHeld(atLeast(sent + 50_000));
                }
            }
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.seen()).containsExactly("e-1");
        assertThat(server.heldBytes()).isZero();
    }

    @Test
    void rejectsWhatTheBudgetHasNoRoomForUntilThereIsRoomAgain() throws Exception {
        start(Map.of("hookseal.body-budget", "1MB", "hookseal.endpoints.formflow.max-body-size", "2MB"));
        Delivery first = Delivery.ofSize("e-1", 1_200_000);
        Delivery second = Delivery.ofSize("e-2", 180_000);
        try (Connection slow = new Connection(server);
                Connection other = new Connection(server)) {
            slow.send(signedHead(first) + "Content-Length: 1200000\r\n\r\n");
            slow.send(Arrays.copyOf(first.body(), 1_100_000));
            awaitHeld(atLeast(1_100_000));

            // as much as a small body may hold beside it, and then more
            other.send(signedHead(second) + "Content-Length: 180000\r\n\r\n");
            other.send(Arrays.copyOf(second.body(), 60_000));
            awaitHeld(atLeast(1_160_000));
            other.send(Arrays.copyOfRange(second.body(), 60_000, 66_000));
            assertThat(other.readToTheEnd())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nRetry-After: 5\r\n")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith(UNAVAILABLE);

            slow.send(Arrays.copyOfRange(first.body(), 1_100_000, 1_200_000));
            assertThat(slow.readResponse()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.send("/arriving", second).statusCode()).isEqualTo(200);
        assertThat(server.seen()).containsExactly("e-1", "e-2");
        assertThat(server.heldBytes()).isZero();
        assertThat(reasons()).containsExactly(RejectionReason.OVERLOADED, null, null);
    }

    @Test
    void countsAPieceForMoreThanItsBytes() throws Exception {
        start(Map.of());
        Delivery delivery = Delivery.of("e-1");
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(delivery) + "Transfer-Encoding: chunked\r\n\r\n");
            connection.send("1\r\n{\r\n");
            awaitHeld(atLeast(1));
            connection.send("1\r\n \r\n".repeat(100));

            awaitHeld(atLeast(100 * (1 + StreamedBody.PIECE_OVERHEAD_BYTES)));
        }
        awaitHeld(held -> held == 0);
    }

    @Test
    void countsEachPieceThatArrivesWithTheHead() throws Exception {
        start(Map.of());
        Delivery delivery = Delivery.of("e-1");
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(delivery) + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n \r\n".repeat(100));

            awaitHeld(atLeast(100 * (1 + StreamedBody.PIECE_OVERHEAD_BYTES)));
        }
        awaitHeld(held -> held == 0);
    }

    @Test
    void givesBackWhatABodyHeldWhoseSenderHasGone() throws Exception {
        start(Map.of());
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(Delivery.of("e-1")) + "Content-Length: 1000\r\n\r\n{\"half\":");
            awaitHeld(atLeast(1));
        }
        awaitHeld(held -> held == 0);
        assertThat(reasons()).containsExactly(RejectionReason.BODY_UNREADABLE);
    }

    @Test
    void holdsALargeBodyUntilItIsVerified() throws Exception {
        Held held = new Held();
        start(Map.of(), held);
        held.server = server;
        Delivery delivery = Delivery.ofSize("e-1", 500_000);
        try (Connection connection = new Connection(server)) {
            connection.send(signedHead(delivery) + "Content-Length: 500000\r\n\r\n");
            connection.send(delivery.body());
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 200 ");
        }
        Delivery forged = delivery.withSignature("0".repeat(64));
        assertThat(server.send("/arriving", forged).statusCode()).isEqualTo(401);

        assertThat(held.whenRejected)
                .singleElement()
                .satisfies(bytes -> assertThat(bytes).isGreaterThan(500_000));
        assertThat(server.heldBytes()).isZero();
    }

    private List<RejectionReason> reasons() {
        return Reasons.of(server.outcomes());
    }

    private static LongPredicate atLeast(long bytes) {
        return held -> held >= bytes;
    }

    private void awaitHeld(LongPredicate condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.test(server.heldBytes())) {
            assertThat(Instant.now()).as("held: %s", server.heldBytes()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static String head() {
        return "POST /arriving HTTP/1.1\r\nHost: localhost\r\n";
    }

    private static String signedHead(Delivery delivery) {
        return head() + "X-Webhook-Signature: " + delivery.signature() + "\r\n";
    }

    /** A client that writes what it likes. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;

        Connection(Server server) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.US_ASCII));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        void sendWhole(Delivery delivery) throws IOException {
            send(signedHead(delivery) + "Content-Length: " + delivery.body().length + "\r\n\r\n" + delivery.text());
        }

        /** Ends with the head of a response; its body is skipped. */
        String readResponse() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                assertThat(next).as("after %s", head).isNotNegative();
                head.append((char) next);
            }
            String length = head.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1");
            in.readNBytes(length.matches("\\d+") ? Integer.parseInt(length) : 0);
            return head.toString();
        }

        /** Ends only when the server closes the connection. */
        String readToTheEnd() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        String trickleUntilAnswered() throws IOException {
            socket.setSoTimeout(50);
            while (true) {
                send("x");
                try {
                    return readResponse();
                } catch (SocketTimeoutException notYet) {
                    assertThat(notYet).isNotNull();
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** What bodies hold at the moment at which one is rejected. */
    static final class Held implements DeliveryObserver {
        private final List<Long> whenRejected = new CopyOnWriteArrayList<>();
        private volatile Server server;

        @Override
        public void observe(DeliveryOutcome outcome) {
            if (outcome instanceof DeliveryOutcome.Rejected) {
                whenRejected.add(server.heldBytes());
            }
        }
    }

    @Requires(property = "spec", value = "arriving")
    @Controller
    static class Handler {
        private final Seen seen;

        Handler(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("formflow")
        @Post("/arriving")
        void handle(FormFlowEvent event) {
            seen.add(event.eventId());
        }
    }
}
