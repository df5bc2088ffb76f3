package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.Reasons;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.request.RejectionReason;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Micronaut's own server decides on other routes, and not on an endpoint's. */
class WireTest {

    private static Server start(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(Server.endpointsOf(Handlers.class));
        all.putAll(properties);
        return Server.start("wire", all);
    }

    @ParameterizedTest
    @CsvSource({
        "/wire/plain, MANUAL, true",
        "/wire/stage, MANUAL, true",
        "/wire/blocking, MANUAL, false",
        "/wire/plain, BLOCKING, false",
    })
    void runsAHandlerOnOneKindOfThread(String path, String selection, boolean eventLoop) throws Exception {
        try (Server server = start(Map.of("micronaut.server.thread-selection", selection))) {
            Set<Boolean> onEventLoop = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                onEventLoop.add(server.send(path, Delivery.of("e-" + i)).body().contains("EventLoop"));
            }

            assertThat(onEventLoop).containsExactly(eventLoop);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "application/vnd.x+json", "json", ";;"})
    void bindsABodyBesideTheEventWhateverItsType(String type) throws Exception {
        try (Server server = start(Map.of())) {
            for (String path : new String[] {"/wire/bytes", "/wire/text"}) {
                Delivery delivery = Delivery.of("e" + path.replace("/", ""));
                HttpResponse<String> response = server.send(delivery.request(server.uri(path))
                        .setHeader("Content-Type", type)
                        .build());

                assertThat(response.body()).as(path).isEqualTo(String.valueOf(delivery.body().length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PUT", "PATCH", "DELETE", "HEAD", "GET"})
    void answersOtherMethodsWithTheAllowedOneBehindCorsToo(String method) throws Exception {
        try (Server server = start(
                Map.of("micronaut.server.cors.enabled", true, "micronaut.server.dispatch-options-requests", true))) {
            String response = rawly(
                    server,
                    method + " /wire/plain HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n"
                            + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");

            assertThat(response).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nAllow: POST\r\n");
            assertThat(Reasons.of(server.outcomes())).containsExactly(RejectionReason.METHOD_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "2.0"})
    void rejectsABodyThatIsCompressed(String version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(version.equals("2.0") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
        try (Server server = start(Map.of("micronaut.server.http-version", version))) {
            // upgrades the connection
            client.send(HttpRequest.newBuilder(server.uri("/wire/mapped")).build(), BodyHandlers.ofString());
            Delivery delivery = Delivery.of("e-1");
            byte[] zipped = zipped(delivery.body());

            for (String signature : new String[] {delivery.signature(), Delivery.sign(zipped, Server.SECRET)}) {
                HttpResponse<String> response = client.send(
                        gzip(server, "/wire/plain", zipped)
                                .header("X-Webhook-Signature", signature)
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(client.version());
                assertThat(response.statusCode()).isEqualTo(400);
            }
            assertThat(client.send(gzip(server, "/wire/unzipped", zipped).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo(delivery.text());
            assertThat(Reasons.of(server.outcomes()))
                    .containsExactly(RejectionReason.CONTENT_ENCODED, RejectionReason.CONTENT_ENCODED);
        }
    }

    @Test
    void holdsTheClaimOfAHandlerWhoseClientHasGone() throws Exception {
        Delivery delivery = Delivery.of("e-1");
        try (Server server = start(Map.of())) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("POST /wire/late HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "X-Webhook-Signature: " + delivery.signature() + "\r\nContent-Length: "
                                        + delivery.body().length + "\r\n\r\n" + delivery.text())
                                .getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                assertThat(Handlers.STARTED.await(1, TimeUnit.MINUTES)).isTrue();
            }

            assertThat(server.send("/wire/late", delivery).statusCode()).isEqualTo(409);
            Handlers.WORK.complete("done");
            int status = 409;
            for (int i = 0; i < 1000 && status == 409; i++) {
                status = server.send("/wire/late", delivery).statusCode();
            }
            assertThat(status).isEqualTo(200);
            assertThat(Handlers.STARTED.getCount()).isZero();
        }
    }

    private static HttpRequest.Builder gzip(Server server, String path, byte[] zipped) {
        return HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped));
    }

    // Java's client sends no Origin with OPTIONS.
    private static String rawly(Server server, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        }
        return zipped.toByteArray();
    }

    @Requires(property = "spec", value = "wire")
    @Controller("/wire")
    static class Handlers {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CompletableFuture<String> WORK = new CompletableFuture<>();

        @WebhookEndpoint("plain")
        @Post("/plain")
        String plain(FormFlowEvent event) {
            return Thread.currentThread().getName();
        }

        @WebhookEndpoint("stage")
        @Post("/stage")
        CompletionStage<String> stage(FormFlowEvent event) {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @WebhookEndpoint("blocking")
        @Post("/blocking")
        @ExecuteOn(TaskExecutors.BLOCKING)
        String blocking(FormFlowEvent event) {
            return Thread.currentThread().getName();
        }

        @WebhookEndpoint("late")
        @Post("/late")
        CompletionStage<String> late(FormFlowEvent event) {
            STARTED.countDown();
            return WORK;
        }

        @WebhookEndpoint("bytes")
        @Post("/bytes")
        String bytes(FormFlowEvent event, @Body byte[] body) {
            return String.valueOf(body.length);
        }

        @WebhookEndpoint("text")
        @Post("/text")
        String text(FormFlowEvent event, @Body String body) {
            return String.valueOf(body.length());
        }

        @Get("/mapped")
        String mapped() {
            return "mapped";
        }

        @Consumes("*/*")
        @Post("/unzipped")
        String unzipped(@Body String body) {
            return body;
        }
    }
}
