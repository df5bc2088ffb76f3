package dev.hookseal.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.provider.ChatProvider;
import dev.hookseal.fixture.provider.CrmProvider;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.KeyringProvider;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Custom providers that sign the URL, with a private key, and with a secret for each id of a key. */
class CustomProvidersTest {
    private static final TestSecret CHAT_KEYS = CustomKits.chat().newSecret("any");

    @Requires(property = "spec", value = "custom-providers")
    @Controller
    static class Hooks {
        private final Seen seen;

        Hooks(Seen seen) {
            this.seen = seen;
        }

        @WebhookEndpoint("crm")
        @Post("/crm")
        void crm(CustomEvent event) {
            seen.add("crm " + event.type());
        }

        @WebhookEndpoint("chat")
        @Post("/chat")
        void chat(CustomEvent event) {
            seen.add("chat " + event.type());
        }

        @WebhookEndpoint("keyring")
        @Post("/keyring")
        void keyring(CustomEvent event) {
            seen.add("keyring " + event.type());
        }
    }

    @AutoClose
    private final Server server = Server.start(
            "custom-providers",
            Map.of(
                    "hookseal.endpoints.crm.secret", "crm-secret",
                    "hookseal.endpoints.crm.public-url", "https://hooks.example.com/crm",
                    "hookseal.endpoints.chat.secret", CHAT_KEYS.configured(),
                    "hookseal.endpoints.keyring.secrets.one", "first",
                    "hookseal.endpoints.keyring.secrets.two", "second"),
            new CrmProvider(),
            new ChatProvider(),
            new KeyringProvider());

    private static FakeSampleEvent<?> sample(ProviderKit kit) {
        return FakeEvent.sample(kit, "order.paid").at(Server.NOW);
    }

    private int status(String path, SignedDelivery delivery) throws Exception {
        return server.send(delivery.toHttpRequest(server.uri(path))).statusCode();
    }

    private void assertTellsAForgery(String name, String path, SignedDelivery genuine) throws Exception {
        assertThat(status(path, genuine.forged(Forgery.TAMPERED_BODY))).isEqualTo(401);
        assertThat(server.seen()).isEmpty();

        assertThat(status(path, genuine)).isEqualTo(200);
        assertThat(server.seen()).containsExactly(name + " order.paid");
    }

    @Test
    void verifiesTheUrlThatIsConfigured() throws Exception {
        SignedDelivery genuine = sample(CustomKits.crm())
                .to(URI.create("https://hooks.example.com/crm?tenant=a%2Fb"))
                .signedWith("crm-secret");

        assertThat(status("/crm?tenant=c", genuine)).isEqualTo(401);
        assertTellsAForgery("crm", "/crm?tenant=a%2Fb", genuine);
    }

    @Test
    void verifiesWithAPublicKey() throws Exception {
        assertTellsAForgery("chat", "/chat", sample(CustomKits.chat()).signedWith(CHAT_KEYS.signing()));
    }

    @Test
    void verifiesWithTheSecretOfTheKey() throws Exception {
        SignedDelivery genuine = sample(CustomKits.keyring())
                .signedWith(SecretSource.byEventType(Map.of(
                        "one",
                        List.of(SigningSecret.ofUtf8("first")),
                        CustomKits.KEY_ID,
                        List.of(SigningSecret.ofUtf8("second")))));

        assertThat(status("/keyring", genuine.forged(Forgery.SECRET_OF_ANOTHER_EVENT)))
                .isEqualTo(401);
        assertTellsAForgery("keyring", "/keyring", genuine);
    }
}
