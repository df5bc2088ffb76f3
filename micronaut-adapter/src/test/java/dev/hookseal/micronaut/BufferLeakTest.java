package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.CapturedLog;
import dev.hookseal.fixture.FullBuild;
import dev.hookseal.formflow.FormFlowEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty finds a leak when a buffer that nobody released is collected; at its paranoid level it watches each one. */
class BufferLeakTest {
    private static final int ROUNDS = FullBuild.cases(60);
    private static final int SENDERS = 60;
    private static final String SIGNED = "X-Webhook-Signature: " + "0".repeat(64) + "\r\n";
    private static final AtomicInteger LEAKS = new AtomicInteger();

    @AutoClose
    private final CapturedLog log = CapturedLog.of(ResourceLeakDetector.class);

    @BeforeEach
    void listen() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        // what the tests of other classes left behind, such as connections that they broke
        awaitLeak(leakOnPurpose());
        log.clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void releasesEveryBufferWhateverBecomesOfTheRequest(boolean mayBlock) throws Exception {
        Map<String, Object> properties = new HashMap<>(Server.endpointsOf(Handlers.class));
        for (String endpoint : List.of("event", "body", "fails")) {
            properties.put("hookseal.endpoints." + endpoint + ".max-body-size", "64KB");
        }
        try (Server server =
                mayBlock ? Server.start("leaks", properties) : Server.startUnobserved("leaks", properties)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<Integer>> answers = new ArrayList<>();
                for (String path : List.of("/leaks/event", "/leaks/body", "/leaks/fails")) {
                    String id = path + round;
                    answers.add(send(server, Delivery.of(id).request(server.uri(path))));
                    answers.add(send(server, Delivery.of(id).request(server.uri(path))));
                    answers.add(send(server, Delivery.of(id).unsignedRequest(server.uri(path))));
                    answers.add(send(server, chunked(server, path, Delivery.ofSize(id + "c", 50_000))));
                    answers.add(send(server, chunked(server, path, Delivery.ofSize(id + "d", 100_000))));
                    answers.add(send(server, Delivery.ofSize(id + "e", 100_000).request(server.uri(path))));
                }
                for (String head : List.of("", SIGNED)) {
                    breakOff(server, head, "Content-Length: 1000\r\n\r\n{\"half\":");
                    breakOff(server, head, "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"half\":\r\n");
                }
                for (CompletableFuture<Integer> answer : answers) {
                    assertThat(answer.join()).isIn(0, 200, 401, 409, 413, 500);
                }
            }
        }

        assertNoLeak();
    }

    @Test
    void releasesWhatArrivedOfABodyThatIsLateOrFindsNoRoom() throws Exception {
        Map<String, Object> properties = new HashMap<>(Server.endpointsOf(Handlers.class));
        properties.put("hookseal.body-timeout", "1s");
        properties.put("hookseal.body-budget", "1MB");
        Set<String> statuses = new HashSet<>();
        try (Server server = Server.start("leaks", properties)) {
            List<Socket> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.port());
                senders.add(sender);
                write(sender, SIGNED + "Content-Length: 70000\r\n\r\n" + "x".repeat(50_000));
            }
            for (Socket sender : senders) {
                // without the rest, in whose place there may be a reset
                byte[] status = sender.getInputStream().readNBytes("HTTP/1.1 ...".length());
                statuses.add(new String(status, StandardCharsets.US_ASCII));
                sender.close();
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder("HTTP/1.1 408", "HTTP/1.1 503");
        assertNoLeak();
    }

    private void assertNoLeak() {
        String onPurpose = leakOnPurpose();
        awaitLeak(onPurpose);

        assertThat(log.messages()).singleElement().asString().contains(onPurpose);
    }

    // A sender that still writes when the answer is there may see a reset in its place: 0.
    private static CompletableFuture<Integer> send(Server server, HttpRequest.Builder request) {
        return server.client()
                .sendAsync(request.build(), BodyHandlers.ofString())
                .handle((response, error) -> response == null ? 0 : response.statusCode());
    }

    private static HttpRequest.Builder chunked(Server server, String path, Delivery delivery) {
        return delivery.request(server.uri(path))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(delivery.body())));
    }

    private static void breakOff(Server server, String head, String rest) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            write(socket, head + rest);
        }
    }

    private static void write(Socket socket, String rest) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("POST /leaks/body HTTP/1.1\r\nHost: localhost\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    // With a name of its own: Netty reports no leak a second time.
    private static String leakOnPurpose() {
        String name = "leak on purpose " + LEAKS.incrementAndGet() + ".";
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(16);
        buffer.touch(name);
        return name;
    }

    // Netty reports what was collected when the next buffer is made.
    private void awaitLeak(String name) {
        for (int i = 0; i < 100 && log.messages().stream().noneMatch(message -> message.contains(name)); i++) {
            System.gc();
            for (int n = 0; n < 100; n++) {
                PooledByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
    }

    @Requires(property = "spec", value = "leaks")
    @Controller("/leaks")
    static class Handlers {
        @WebhookEndpoint("event")
        @Post("/event")
        String event(FormFlowEvent event) {
            return event.eventId();
        }

        @WebhookEndpoint("body")
        @Post("/body")
        String body(FormFlowEvent event, @Body String body) {
            return event.eventId() + body.length();
        }

        @WebhookEndpoint("fails")
        @Post("/fails")
        String fails(FormFlowEvent event, @Body Map<String, Object> body) {
            throw new IllegalStateException("as it is meant to");
        }
    }
}
