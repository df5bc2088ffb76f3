package dev.hookseal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.request.RejectionReason;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** How much of a body is read, and what others see of it. */
class RequestBodyTest {
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
                .servlet(PATH, handler)
                .start();
    }

    private void serveBehind(Filter ahead) {
        server.filter(PATH, ahead);
        serve((request, response) -> seen.add(read(request.getInputStream())));
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String text(Delivery delivery) {
        return new String(delivery.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyOfExactlyTheLimitIsHandled() throws Exception {
        serve((request, response) -> seen.add("called"));

        HttpResponse<String> answer = server.post(PATH, endpoint.deliveryOfSize(Endpoint.MAX_BODY_BYTES));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aChunkedBodyOfExactlyTheLimitIsHandled() throws Exception {
        serve((request, response) -> seen.add("called"));

        HttpResponse<String> answer =
                server.send(endpoint.deliveryOfSize(Endpoint.MAX_BODY_BYTES).chunkedTo(server.request(PATH)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen).hasSize(1);
    }

    @Test
    void oneByteMoreIsTooLarge() throws Exception {
        serve((request, response) -> seen.add("called"));

        HttpResponse<String> answer = server.post(PATH, endpoint.deliveryOfSize(Endpoint.MAX_BODY_BYTES + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"title\":\"Content Too Large\",\"status\":413}");
        assertThat(seen).isEmpty();
    }

    @Test
    void oneByteMoreInChunksIsTooLarge() throws Exception {
        serve((request, response) -> seen.add("called"));

        HttpResponse<String> answer =
                server.send(endpoint.deliveryOfSize(Endpoint.MAX_BODY_BYTES + 1).chunkedTo(server.request(PATH)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(seen).isEmpty();
    }

    @Test
    void aContentLengthBeyondTheLimitIsRejectedWithoutAByteOfTheBody() throws Exception {
        AtomicLong counted = new AtomicLong();
        server.filter(PATH, CountedBody.filter(counted));
        serve((request, response) -> seen.add("called"));

        try (Socket socket = server.connect()) {
            // the body never comes
            socket.getOutputStream()
                    .write(endpoint.delivery("e1")
                            .body(new byte[0])
                            .wire(PATH, "Content-Length: " + (Endpoint.MAX_BODY_BYTES + 1) + "\r\n"));

            assertThat(statusLine(socket)).startsWith("HTTP/1.1 413");
        }
        assertThat(counted).hasValue(0);
        assertThat(seen).isEmpty();
    }

    @Test
    void ofABodyWithoutEndNoMoreIsReadThanTheLimit() throws Exception {
        AtomicLong counted = new AtomicLong();
        server.filter(PATH, CountedBody.filter(counted));
        serve((request, response) -> seen.add("called"));
        byte[] chunk = ("400\r\n" + "x".repeat(0x400) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        Thread sender;
        try (Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(endpoint.delivery("e1").body(new byte[0]).wire(PATH, "Transfer-Encoding: chunked\r\n"));
            sender = new Thread(() -> sendUntilRejected(out, chunk));
            sender.start();

            assertThat(statusLine(socket)).startsWith("HTTP/1.1 413");
        }
        sender.join();
        // the one byte tells that there is more
        assertThat(counted).hasValue(Endpoint.MAX_BODY_BYTES + 1);
        assertThat(seen).isEmpty();
    }

    private static void sendUntilRejected(OutputStream out, byte[] chunk) {
        try {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            // the connection is closed, as it has to be
        }
    }

    private static String statusLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void aBodyThatBreaksOffIsABadRequest() throws Exception {
        serve((request, response) -> seen.add("called"));
        Delivery delivery = endpoint.delivery("e1");

        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write(delivery.wire(PATH, "Content-Length: " + (delivery.body().length + 1) + "\r\n"));
            socket.shutdownOutput();

            assertThat(statusLine(socket)).startsWith("HTTP/1.1 400");
        }
        assertThat(seen).isEmpty();
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "5\r\nabcde"})
    void aMalformedChunkIsABadRequestAndClosesTheConnection(String chunks) throws Exception {
        serve((request, response) -> seen.add("called"));
        Delivery delivery = endpoint.delivery("e1").body(chunks.getBytes(StandardCharsets.US_ASCII));
        byte[] next = endpoint.delivery("e2").wire(PATH);

        String answers;
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(delivery.wire(PATH, "Transfer-Encoding: chunked\r\n"));
            if (chunks.endsWith("abcde")) {
                socket.shutdownOutput();
            } else {
                socket.getOutputStream().write(next);
            }
            answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        assertThat(answers).startsWith("HTTP/1.1 400").containsIgnoringCase("Connection: close");
        assertThat(answers.split("HTTP/1.1 ")).hasSize(2);
        assertThat(seen).isEmpty();
        assertThat(Reasons.of(endpoint.nextOutcome())).isEqualTo(RejectionReason.BODY_UNREADABLE);
    }

    @Test
    void theServletReadsTheBodyFromTheStreamAsOftenAsItWants() throws Exception {
        serve((request, response) -> {
            seen.add(read(request.getInputStream()));
            seen.add(read(request.getInputStream()));
        });
        Delivery delivery = endpoint.delivery("e1", "Zoë ☃ \uD83D\uDE00");

        server.post(PATH, delivery);

        assertThat(seen).containsExactly(text(delivery), text(delivery));
    }

    @Test
    void theReaderReadsJsonAsUtf8() throws Exception {
        serve((request, response) -> seen.add(request.getReader().readLine()));
        Delivery delivery = endpoint.delivery("e1", "Zoë ☃");

        server.post(PATH, delivery);

        assertThat(seen).containsExactly(text(delivery));
    }

    @Test
    void theReaderReadsTheCharsetOfTheRequest() throws Exception {
        serve((request, response) -> seen.add(request.getReader().readLine()));
        Delivery delivery = endpoint.delivery("e1", "Zoë").replace("Content-Type", "text/plain; charset=ISO-8859-1");

        server.post(PATH, delivery);

        assertThat(seen).containsExactly(new String(delivery.body(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void withoutACharsetTheReaderReadsAnythingElseAsTheServletSpecificationSays() throws Exception {
        serve((request, response) -> seen.add(request.getReader().readLine()));
        Delivery delivery = endpoint.delivery("e1", "Zoë").replace("Content-Type", "text/plain");

        server.post(PATH, delivery);

        assertThat(seen).containsExactly(new String(delivery.body(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void aCharsetThatNobodyKnowsIsNoReasonToRejectADelivery() throws Exception {
        serve((request, response) -> seen.add(read(request.getInputStream())));
        Delivery delivery = endpoint.delivery("e1").replace("Content-Type", "application/json; charset=x");

        assertThat(server.post(PATH, delivery).statusCode()).isEqualTo(200);

        assertThat(seen).containsExactly(text(delivery));
    }

    @Test
    void aReadListenerGetsAllDataAndThenTheEnd() throws Exception {
        serve((request, response) -> {
            ServletInputStream in = request.getInputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    byte[] bytes = new byte[in.available()];
                    while (in.isReady() && !in.isFinished()) {
                        int read = in.read(bytes, 0, bytes.length);
                        seen.add(new String(bytes, 0, read, StandardCharsets.UTF_8));
                    }
                }

                @Override
                public void onAllDataRead() {
                    seen.add("the end");
                }

                @Override
                public void onError(Throwable thrown) {
                    seen.add("error " + thrown);
                }
            });
        });
        Delivery delivery = endpoint.delivery("e1");

        server.post(PATH, delivery);

        assertThat(seen).containsExactly(text(delivery), "the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"getInputStream", "getReader"})
    void aBodyThatAFilterAheadHasReadIsRejectedAndTheDeveloperIsToldWhatToDo(String method) throws Exception {
        serveBehind((request, response, chain) -> {
            if (method.equals("getReader")) {
                request.getReader().readLine();
            } else {
                request.getInputStream().read();
            }
            chain.doFilter(request, response);
        });

        assertThat(server.post(PATH, endpoint.delivery("e1")).statusCode()).isEqualTo(400);

        assertThat(seen).isEmpty();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("Register Hookseal's filter ahead");
    }

    @Test
    void aChunkedBodyThatAFilterAheadHasReadIsRejected() throws Exception {
        serveBehind((request, response, chain) -> {
            request.getInputStream().readAllBytes();
            chain.doFilter(request, response);
        });

        HttpResponse<String> answer = server.send(endpoint.delivery("e1").chunkedTo(server.request(PATH)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(seen).isEmpty();
    }

    @Test
    void aFilterAheadMayAskForTheParametersOfAJsonRequest() throws Exception {
        serveBehind((request, response, chain) -> {
            request.getParameter("_method");
            chain.doFilter(request, response);
        });
        Delivery delivery = endpoint.delivery("e1");

        assertThat(server.post(PATH, delivery).statusCode()).isEqualTo(200);

        assertThat(seen).containsExactly(text(delivery));
    }
}
