package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hookseal.extracta.ExtractaProvider;
import dev.hookseal.formflow.FormFlowProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.Forgeries.EndpointUnderTest;
import dev.hookseal.testkit.extracta.ExtractaEvents;
import dev.hookseal.testkit.formflow.FormFlowEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgeriesTest {
    private static final SecretSource SECRETS = ReceivedAsGenuineTest.secretPerEvent();
    private static final SignedDelivery GENUINE = FormFlowEvents.extracted().signedWith(SECRETS);

    private static EndpointUnderTest formFlow(int maxBodyBytes) {
        return endpoint(WebhookReceiver.of(
                new FormFlowProvider(),
                EndpointSettings.builder("formflow")
                        .secrets(SECRETS)
                        .maxBodyBytes(maxBodyBytes)
                        .build()));
    }

    private static EndpointUnderTest endpoint(WebhookReceiver<?> receiver) {
        return delivery -> receiver.receive(delivery.toWebhookRequest()) instanceof Decision.Answered<?> answered
                ? answered.response().status()
                : 200;
    }

    @Test
    void hasNothingAgainstAnEndpointThatFailsClosed() throws Exception {
        Forgeries.of(GENUINE).assertRejectedBy(formFlow(1024 * 1024));

        Forgeries.of(ExtractaEvents.processed().signedWith("E_AI_K_c0ffee"))
                .assertRejectedBy(endpoint(WebhookReceiver.of(
                        new ExtractaProvider(),
                        EndpointSettings.builder("extracta")
                                .secrets(SecretSource.of(SigningSecret.ofUtf8("E_AI_K_c0ffee")))
                                .build())));
    }

    @Test
    void forgesADeliveryInEveryWayThatApplies() {
        assertThat(Forgeries.of(GENUINE).byForgery()).containsOnlyKeys(Forgery.values());
        assertThat(Forgeries.of(ExtractaEvents.processed().signedWith("secret")).byForgery())
                .containsOnlyKeys(
                        Forgery.UNSIGNED,
                        Forgery.WRONG_SECRET,
                        Forgery.TAMPERED_BODY,
                        Forgery.TRUNCATED,
                        Forgery.DOUBLED_SIGNATURE,
                        Forgery.OVERSIZED);
    }

    @Test
    void namesEachForgeryThatGetsThrough() {
        EndpointUnderTest careful = formFlow(1024 * 1024);

        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(delivery -> {
                    boolean unsigned = !delivery.headers().containsKey("X-Webhook-Signature");
                    return unsigned ? 204 : careful.answer(delivery);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Not rejected with 4xx: unsigned (204), of ");
        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(delivery -> 200))
                .hasMessageContainingAll(Forgeries.of(GENUINE).byForgery().keySet().stream()
                        .map(Forgery::label)
                        .toArray(String[]::new));
    }

    @Test
    void takesAServerErrorForNoRejection() {
        EndpointUnderTest careful = formFlow(1024 * 1024);

        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(delivery -> {
                    int status = careful.answer(delivery);
                    return status == 413 ? 500 : status;
                }))
                .hasMessageContaining("oversized (500)");
    }

    @Test
    void showsNothingWithAnEndpointThatRejectsEverything() {
        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(delivery -> 404))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The genuine delivery is answered with 404");
    }

    @Test
    void triesTheLimitOfTheEndpoint() {
        assertThatThrownBy(() -> Forgeries.of(GENUINE).withMaxBodyBytes(1000).assertRejectedBy(formFlow(1001)))
                .hasMessageContaining("oversized (200)");
    }

    @Test
    void takesAConnectionThatIsClosedForARejection() throws Exception {
        EndpointUnderTest careful = formFlow(1024 * 1024);

        Forgeries.of(GENUINE).assertRejectedBy(delivery -> {
            int status = careful.answer(delivery);
            if (status == 413) {
                throw new IOException("connection reset");
            }
            return status;
        });
    }

    @Test
    void doesNotTakeAClosedConnectionForAnAnswerToTheGenuineOne() {
        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(delivery -> {
                    throw new IOException("connection refused");
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Forgeries.of(GENUINE).assertRejectedBy(URI.create("http://127.0.0.1:1/")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Nothing could be sent to http://127.0.0.1:1/");
    }

    @Test
    void sendsEachOverHttp() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhook", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                boolean genuine = Arrays.equals(body, GENUINE.body())
                        && GENUINE.headers()
                                .get("X-Webhook-Signature")
                                .equals(exchange.getRequestHeaders().get("X-Webhook-Signature"));
                statuses.add(genuine ? 200 : 401);
                exchange.sendResponseHeaders(genuine ? 200 : 401, -1);
            }
        });
        server.start();
        try {
            Forgeries.of(GENUINE)
                    .assertRejectedBy(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook"));
        } finally {
            server.stop(0);
        }

        assertThat(statuses).hasSize(Forgery.values().length + 1).endsWith(200).containsOnlyOnce(200);
    }
}
