package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEndpoint;
import dev.hookseal.WebhookListener;
import dev.hookseal.contract.ContractProvider;
import dev.hookseal.formflow.FormFlowEvent;
import dev.hookseal.inbox.Attempt;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.netty.util.concurrent.FastThreadLocalThread;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hookseal receives at the path of an endpoint, in the same way as a controller's route does, and hands to an inbox. */
class InboxPathTest {
    private static final String PATH = "/webhooks/formflow";

    private final MemoryInbox inbox = new MemoryInbox();

    private Server start(String spec, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("hookseal.endpoints.formflow.path", PATH);
        return Server.start(spec, all, inbox);
    }

    @Requires(property = "spec", value = "inbox-path")
    @Singleton
    static class Submissions {
        private final Seen seen;

        Submissions(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("formflow")
        void received(Attempt attempt, FormFlowEvent event) {
            seen.add(event.eventId() + ", " + attempt);
        }
    }

    @Test
    void answers202AndTheListenerRunsLater() throws Exception {
        try (Server server = start("inbox-path", Map.of())) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(202);
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(200);
            assertThat(server.seen()).isEmpty();

            inbox.handleAll(server.bean(InboxDispatcher.class));

            assertThat(server.seen()).containsExactly("e-1, attempt 1 of 3");
            assertThat(server.outcomes())
                    .extracting(DeliveryOutcome::kind)
                    .containsExactly(Kind.ACCEPTED, Kind.DUPLICATE);
        }
    }

    @Test
    void rejectsWhatIsNotGenuine() throws Exception {
        try (Server server = start("inbox-path", Map.of("hookseal.endpoints.formflow.max-body-size", "4KB"))) {
            Delivery delivery = Delivery.of("e-1");

            assertThat(server.send(PATH, delivery.withSignature("0".repeat(64))).statusCode())
                    .isEqualTo(401);
            assertThat(server.send(PATH, delivery.withBody(delivery.text() + " "))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.send(PATH, Delivery.of("e-1", "extracted", "2020-01-01T00:00:00Z"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.send(PATH, Delivery.ofSize("e-1", 5_000)).statusCode())
                    .isEqualTo(413);
            assertThat(server.send(PATH, Delivery.ofSize("e-1", 4_096)).statusCode())
                    .isEqualTo(202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"})
    void answers405ToOtherMethods(String method) throws Exception {
        try (Server server = start("inbox-path", Map.of())) {
            java.net.http.HttpResponse<String> response =
                    server.send(java.net.http.HttpRequest.newBuilder(server.uri(PATH))
                            .method(method, BodyPublishers.noBody())
                            .build());

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void takesAnyContentTypeAndGivesNothingThatIsNotAcceptable() throws Exception {
        try (Server server = start("inbox-path", Map.of())) {
            assertThat(server.send(java.net.http.HttpRequest.newBuilder(server.uri(PATH))
                                    .header("Content-Type", "text/plain")
                                    .header("Accept", "image/png")
                                    .header(
                                            "X-Webhook-Signature",
                                            Delivery.of("e-1").signature())
                                    .POST(BodyPublishers.ofByteArray(
                                            Delivery.of("e-1").body()))
                                    .build())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void isBelowTheContextPath() throws Exception {
        try (Server server = start("inbox-path", Map.of("micronaut.server.context-path", "/shop"))) {
            assertThat(server.send("/shop" + PATH, Delivery.of("e-1")).statusCode())
                    .isEqualTo(202);
            assertThat(server.send(PATH, Delivery.of("e-2")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void answers404WhereTheEndpointIsDisabled() throws Exception {
        try (Server server = start("inbox-path", Map.of("hookseal.endpoints.formflow.enabled", "false"))) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(404);
            assertThat(server.bean(InboxDispatcher.class).endpoints()).isEmpty();
        }
    }

    @Test
    void readsABodyThatArrivesInPiecesAndTellsOneThatDoesNotArrive() throws Exception {
        try (Server server = start("inbox-path", Map.of("hookseal.body-timeout", "1s"))) {
            Delivery large = Delivery.ofSize("e-1", 300_000);

            assertThat(firstLine(server, large, large.body().length)).contains("202");
            assertThat(firstLine(server, Delivery.ofSize("e-2", 300_000), 1_000))
                    .contains("408");
        }
    }

    private static String firstLine(Server server, Delivery delivery, int bytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nX-Webhook-Signature: " + delivery.signature()
                            + "\r\nContent-Length: " + delivery.body().length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < bytes; sent += 50_000) {
                out.write(delivery.body(), sent, Math.min(50_000, bytes - sent));
                out.flush();
            }
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(20), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void answers503WithRetryAfterWhereTheInboxFails() throws Exception {
        try (Server server = start("inbox-path", Map.of())) {
            inbox.breakDown();

            java.net.http.HttpResponse<String> response = server.send(PATH, Delivery.of("e-1"));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.outcomes()).extracting(DeliveryOutcome::kind).containsExactly(Kind.UNAVAILABLE);
        }
    }

    @Test
    void theEventLoopDoesNotWaitForTheInbox() throws Exception {
        Map<String, Object> oneLoop =
                Map.of("hookseal.endpoints.formflow.path", PATH, "micronaut.netty.event-loops.default.num-threads", 1);
        try (Server server = Server.startUnobserved("inbox-path", oneLoop, inbox)) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(202);

            assertThat(inbox.acceptedBy()).isNotInstanceOf(FastThreadLocalThread.class);
        }
    }

    @Requires(property = "spec", value = "inbox-mixed")
    @Controller
    static class Mixed {
        private final Seen seen;

        Mixed(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener(value = "formflow", events = "extracted")
        void later(VerifiedWebhook<FormFlowEvent> webhook) {
            seen.add("later: " + webhook.eventName());
        }

        @WebhookEndpoint("formflow")
        @Post(PATH)
        HttpResponse<?> now(FormFlowEvent event) {
            seen.add("now: " + event.typeName());
            return HttpResponse.noContent();
        }
    }

    @Test
    void aListenerTakesItsEventsAndTheControllerTheRest() throws Exception {
        try (Server server = Server.start("inbox-mixed", Map.of(), inbox)) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(202);
            assertThat(server.send(PATH, Delivery.of("e-2", "export", Server.NOW.toString()))
                            .statusCode())
                    .isEqualTo(204);

            inbox.handleAll(server.bean(InboxDispatcher.class));

            assertThat(server.seen()).containsExactly("now: export", "later: extracted");
        }
    }

    @Requires(property = "spec", value = "inbox-one-event")
    @Singleton
    static class OneEvent {
        @WebhookListener(value = "formflow", events = "export")
        void exported(FormFlowEvent event) {}
    }

    @Test
    void ignoresAnEventThatNoListenerTakes() throws Exception {
        try (Server server = start("inbox-one-event", Map.of())) {
            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(200);

            assertThat(server.outcomes()).extracting(DeliveryOutcome::kind).containsExactly(Kind.IGNORED);
        }
    }

    @Requires(property = "spec", value = "inbox-surrounded")
    @Singleton
    static class Surrounded {
        private final Seen seen;

        Surrounded(Seen seen) {
            this.seen = seen;
        }

        @WebhookListener("formflow")
        void received(VerifiedWebhook<FormFlowEvent> webhook) {
            seen.add(HexFormat.of().formatHex(webhook.signedContent().bytes()));
        }
    }

    @Requires(property = "spec", value = "inbox-surrounded")
    @Controller
    static class ErrorRoutes {
        @Error(global = true, exception = RuntimeException.class)
        HttpResponse<?> failed(RuntimeException failure) {
            return HttpResponse.ok("all is well");
        }

        @Error(global = true, status = io.micronaut.http.HttpStatus.SERVICE_UNAVAILABLE)
        HttpResponse<?> unavailable() {
            return HttpResponse.ok("all is well");
        }

        @Get("/elsewhere")
        String elsewhere() {
            return "here";
        }
    }

    @Requires(property = "spec", value = "inbox-surrounded")
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    static class BodyReader {
        private final Seen seen;

        BodyReader(Seen seen) {
            this.seen = seen;
        }

        @RequestFilter
        @Order(1_000)
        void read(HttpRequest<?> request, @Body String body) {
            seen.add("filter: " + body.length());
        }
    }

    @Test
    void aFilterThatReadsTheBodyTakesNothingAway() throws Exception {
        try (Server server = start("inbox-surrounded", Map.of())) {
            Delivery delivery = Delivery.of("e-1");

            assertThat(server.send(PATH, delivery).statusCode()).isEqualTo(202);
            inbox.handleAll(server.bean(InboxDispatcher.class));

            assertThat(server.seen())
                    .containsExactly(
                            "filter: " + delivery.body().length, HexFormat.of().formatHex(delivery.body()));
        }
    }

    @Test
    void anErrorRouteDoesNotAcknowledgeWhatTheInboxDidNotTake() throws Exception {
        try (Server server = start("inbox-surrounded", Map.of())) {
            inbox.breakDown();

            assertThat(server.send(PATH, Delivery.of("e-1")).statusCode()).isEqualTo(503);
            assertThat(server.send(PATH, Delivery.of("e-1").withSignature("00")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Requires(property = "spec", value = "inbox-handshake")
    @Singleton
    static class Questioned {
        @WebhookListener("asking")
        void received(ContractProvider.Event event) {}
    }

    @Test
    void answersTheHandshakesOfAProvider() throws Exception {
        Map<String, Object> asking = Map.of(
                "hookseal.endpoints.asking.path", "/webhooks/asking",
                "hookseal.endpoints.asking.provider", "contract",
                "hookseal.endpoints.asking.public-url", "https://example.com/webhooks/asking",
                "hookseal.endpoints.asking.verify-token", "token-1",
                "hookseal.endpoints.asking.secret", Server.SECRET);
        try (Server server = Server.start("inbox-handshake", asking, inbox, new ContractProvider())) {
            java.net.http.HttpResponse<String> response = server.send(java.net.http.HttpRequest.newBuilder(
                            server.uri("/webhooks/asking?token=token-1&challenge=1158201444"))
                    .build());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("1158201444");
        }
    }

    @Requires(property = "spec", value = "inbox-taken")
    @Controller
    static class Taken {
        @Post(PATH)
        String taken() {
            return "mine";
        }
    }

    @Requires(property = "spec", value = "inbox-taken")
    @Singleton
    static class TakenListener {
        @WebhookListener("formflow")
        void received(FormFlowEvent event) {}
    }

    @Test
    void failsTheStartWhereAControllerHasTheSamePath() {
        assertThatThrownBy(() -> start("inbox-taken", Map.of()))
                .hasStackTraceContaining("hookseal.endpoints.formflow.path is /webhooks/formflow, and Taken.taken is"
                        + " mapped to POST /webhooks/formflow: map it elsewhere");
    }
}
