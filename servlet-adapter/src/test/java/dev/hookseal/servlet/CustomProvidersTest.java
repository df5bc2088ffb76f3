package dev.hookseal.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Custom providers that sign the URL, with a private key, and with a secret for each id of a key. */
class CustomProvidersTest {
    private static final String URL = "https://hooks.example.com/in";
    private static final String QUERY = "?tenant=a%2Fb";

    private final List<String> handled = new CopyOnWriteArrayList<>();

    @AutoClose
    private final Server server = new Server();

    private void serve(ProviderKit kit, Consumer<EndpointSettings.Builder> further) {
        EndpointSettings.Builder settings =
                EndpointSettings.builder(kit.provider().name()).clock(Endpoint.CLOCK);
        further.accept(settings);
        WebhookReceiver<?> receiver = WebhookReceiver.of(kit.provider(), settings.build());
        server.filter("/in", WebhookFilter.of(receiver))
                .servlet("/in", (request, response) -> {
                    handled.add(WebhookFilter.verified(request, CustomEvent.class)
                            .event()
                            .type());
                    response.setStatus(204);
                })
                .start();
    }

    private int send(ProviderKit kit, SigningSecret secret, String query, String change) throws Exception {
        String body = kit.samples().get(0).body();
        UnsignedDelivery delivery = new UnsignedDelivery(
                "POST", URL + QUERY, "order.paid", "1", Endpoint.CLOCK.instant(), body.getBytes(UTF_8));
        HttpRequest.Builder request = server.request("/in" + query);
        kit.sign(delivery, secret).forEach(request::header);
        return server.send(request.POST(BodyPublishers.ofString(body.replace("evt_1", change))))
                .statusCode();
    }

    private void assertTellsAForgery(ProviderKit kit, SigningSecret secret) throws Exception {
        assertThat(send(kit, secret, QUERY, "evt_2")).isEqualTo(401);
        assertThat(handled).isEmpty();

        assertThat(send(kit, secret, QUERY, "evt_1")).isEqualTo(204);
        assertThat(handled).containsExactly("order.paid");
    }

    @Test
    void verifiesTheUrlThatIsConfigured() throws Exception {
        ProviderKit crm = CustomKits.crm();
        SigningSecret secret = SigningSecret.ofUtf8("crm-secret");
        serve(crm, settings -> settings.secret(secret).set(EndpointSettings.PUBLIC_URL, URI.create(URL)));

        for (String query : List.of("", "?tenant=a/b", "?tenant=a%2fb")) {
            assertThat(send(crm, secret, query, "evt_1")).isEqualTo(401);
        }
        assertTellsAForgery(crm, secret);
    }

    @Test
    void verifiesWithAPublicKey() throws Exception {
        ProviderKit chat = CustomKits.chat();
        TestSecret pair = chat.newSecret("any");
        serve(chat, settings -> settings.secret(SigningSecret.ofUtf8(pair.configured())));

        assertThat(send(chat, chat.newSecret("another").signing(), "", "evt_1")).isEqualTo(401);
        assertTellsAForgery(chat, pair.signing());
    }

    @Test
    void verifiesWithTheSecretOfTheKey() throws Exception {
        ProviderKit keyring = CustomKits.keyring();
        SigningSecret other = SigningSecret.ofUtf8("first");
        SigningSecret own = SigningSecret.ofUtf8("second");
        serve(
                keyring,
                settings -> settings.secrets(
                        SecretSource.byEventType(Map.of("one", List.of(other), CustomKits.KEY_ID, List.of(own)))));

        assertThat(send(keyring, other, "", "evt_1")).isEqualTo(401);
        assertTellsAForgery(keyring, own);
    }
}
