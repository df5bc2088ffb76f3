package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FakeFormFlowEvent;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedDeliveryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2023-10-28T12:00:00Z"), ZoneOffset.UTC);
    private static final SignedDelivery DELIVERY =
            FormFlowEvents.extracted().withClock(CLOCK).signedWith("whsec-test");

    private record Arrived(String method, Map<String, List<String>> headers, String body) {}

    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.add(new Arrived(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void arrivesOverHttpAsItIs() throws Exception {
        Arrived request = send(DELIVERY);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers())
                .containsAllEntriesOf(Map.of(
                        "Content-type", List.of("application/json"),
                        "X-webhook-signature", DELIVERY.headers().get("X-Webhook-Signature"),
                        "X-webhook-timestamp", List.of("2023-10-28T12:00:00.000Z")));
        assertThat(request.body()).isEqualTo(new String(DELIVERY.body(), StandardCharsets.UTF_8));
    }

    @Test
    void arrivesOverHttpWithBothSignatures() throws Exception {
        Arrived request = send(DELIVERY.forged(Forgery.DOUBLED_SIGNATURE));

        String signature = DELIVERY.headers().get("X-Webhook-Signature").get(0);
        assertThat(request.headers().get("X-webhook-signature")).containsExactly(signature, signature);
    }

    @Test
    void hasItsHeadersInOrder() {
        assertThat(DELIVERY.headers().keySet())
                .containsExactly("Content-Type", "X-Webhook-Signature", "X-Webhook-Timestamp");
        assertThat(ExtractaEvents.processed().signedWith("x").headers().keySet())
                .containsExactly("Content-Type", "x-webhook-signature");
    }

    @Test
    void showsItselfToAReceiver() throws Exception {
        assertThat(DELIVERY.toWebhookRequest().method()).isEqualTo("POST");
        assertThat(DELIVERY.toWebhookRequest().headers("x-webhook-timestamp"))
                .containsExactly("2023-10-28T12:00:00.000Z");
        assertThat(DELIVERY.toWebhookRequest().body()).isEqualTo(DELIVERY.body());
    }

    @Test
    void replacesAHeaderWhateverItsCase() {
        SignedDelivery changed = DELIVERY.withHeader("content-TYPE", "text/plain", "text/html");

        assertThat(changed.headers().get("Content-Type")).containsExactly("text/plain", "text/html");
        assertThat(changed.headers()).hasSize(3);
    }

    @Test
    void addsAndLeavesOutHeaders() {
        SignedDelivery changed = DELIVERY.withHeader("X-More", "1").withHeader("x-webhook-signature");

        assertThat(changed.headers().keySet()).containsExactly("Content-Type", "X-Webhook-Timestamp", "X-More");
    }

    @Test
    void keepsTheSignatureWhereTheBodyIsReplaced() {
        byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
        SignedDelivery changed = DELIVERY.withBody(body);

        assertThat(changed.body()).isEqualTo(body);
        assertThat(changed.headers()).isEqualTo(DELIVERY.headers());
    }

    @Test
    void sharesItsBodyWithNobody() {
        byte[] before = DELIVERY.body();
        DELIVERY.body()[0] = 'x';

        assertThat(DELIVERY.body()).isEqualTo(before);
    }

    // Servers that accept an upgrade to HTTP/2 without TLS lose bodies larger than their buffer.
    @Test
    void asksForNoUpgradeWhateverTheClientPrefers() throws Exception {
        Arrived request = send(DELIVERY);

        assertThat(request.headers()).doesNotContainKeys("Upgrade", "Http2-settings");
    }

    @Test
    void showsNeitherSecretNorBody() {
        assertThat(DELIVERY).hasToString("SignedDelivery[formflow, " + DELIVERY.body().length + " bytes]");
        assertThat(DELIVERY.forged(Forgery.TRUNCATED).toString()).contains("truncated");
    }

    @Test
    void saysForWhichEventThereIsNoSecret() {
        SecretSource secrets =
                SecretSource.byEventType(Map.of("export", List.of(SigningSecret.ofUtf8("of exports only"))));
        FakeFormFlowEvent event = FormFlowEvents.extracted();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.signedWith(secrets))
                .withMessageContaining("\"extracted\"");
    }

    @Test
    void saysWhatABodyOfExtractaLacks() {
        byte[] body = "event=x".getBytes(StandardCharsets.US_ASCII);
        SigningSecret secret = SigningSecret.ofUtf8("x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedDelivery.of("extracta", body, secret))
                .withMessageContaining("no member \"result\"");
    }

    private Arrived send(SignedDelivery delivery) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks");
        HttpClient.newHttpClient().send(delivery.toHttpRequest(uri), BodyHandlers.discarding());
        return arrived.take();
    }
}
