package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.WebhookEndpoint;
import dev.hookseal.fixture.provider.ChatProvider;
import dev.hookseal.fixture.provider.CrmProvider;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.KeyringProvider;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.spring.app.Sender;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Custom providers that sign the URL, with a private key, and with a secret for each id of a key. */
@SpringBootTest(
        classes = CustomProvidersOverHttpTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // not the file of the other tests, whose endpoints are of other providers
            "spring.config.location=classpath:auto-configuration.yaml",
            "server.address=127.0.0.1",
            "hookseal.endpoints.crm.secret=crm-secret",
            "hookseal.endpoints.crm.public-url=https://hooks.example.com/crm",
            "hookseal.endpoints.keyring.secrets.one=first",
            "hookseal.endpoints.keyring.secrets.two=second",
        })
class CustomProvidersOverHttpTest {
    private static final ProviderKit CHAT = CustomKits.chat();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CrmProvider.class, ChatProvider.class, KeyringProvider.class, Handler.class})
    static class Application {}

    @RestController
    static class Handler {
        private final List<String> handled = new CopyOnWriteArrayList<>();

        @WebhookEndpoint("crm")
        @PostMapping("/crm")
        void crm(CustomEvent event) {
            handled.add("crm " + event.type());
        }

        @WebhookEndpoint("chat")
        @PostMapping("/chat")
        void chat(CustomEvent event) {
            handled.add("chat " + event.type());
        }

        @WebhookEndpoint("keyring")
        @PostMapping("/keyring")
        void keyring(CustomEvent event) {
            handled.add("keyring " + event.type());
        }
    }

    @DynamicPropertySource
    static void publicKey(DynamicPropertyRegistry properties) {
        properties.add(
                "hookseal.endpoints.chat.secret", () -> CHAT.newSecret("any").configured());
    }

    @Autowired
    private Handler handler;

    private Sender sender;
    private URI server;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
        server = URI.create("http://127.0.0.1:" + port);
        handler.handled.clear();
    }

    private int status(String path, SignedDelivery delivery) {
        return sender.send(delivery.toHttpRequest(server.resolve(path))).statusCode();
    }

    private void assertTellsAForgery(String name, String path, SignedDelivery genuine) {
        assertThat(status(path, genuine.forged(Forgery.TAMPERED_BODY))).isEqualTo(401);
        assertThat(handler.handled).isEmpty();

        assertThat(status(path, genuine)).isEqualTo(200);
        assertThat(handler.handled).containsExactly(name + " order.paid");
    }

    @Test
    void verifiesTheUrlThatIsConfigured() {
        SignedDelivery genuine = FakeEvent.sample(CustomKits.crm(), "order.paid")
                .to(URI.create("https://hooks.example.com/crm?tenant=a%2Fb"))
                .signedWith("crm-secret");

        assertThat(status("/crm?tenant=c", genuine)).isEqualTo(401);
        assertTellsAForgery("crm", "/crm?tenant=a%2Fb", genuine);
    }

    @Test
    void verifiesWithAPublicKey() {
        assertTellsAForgery(
                "chat",
                "/chat",
                FakeEvent.sample(CHAT, "order.paid")
                        .signedWith(CHAT.newSecret("any").signing()));
    }

    @Test
    void verifiesWithTheSecretOfTheKey() {
        SecretSource secrets = SecretSource.byEventType(
                Map.of("one", List.of(SigningSecret.ofUtf8("first")), "two", List.of(SigningSecret.ofUtf8("second"))));
        SignedDelivery genuine =
                FakeEvent.sample(CustomKits.keyring(), "order.paid").signedWith(secrets);

        assertThat(status("/keyring", genuine.forged(Forgery.SECRET_OF_ANOTHER_EVENT)))
                .isEqualTo(401);
        assertTellsAForgery("keyring", "/keyring", genuine);
    }
}
