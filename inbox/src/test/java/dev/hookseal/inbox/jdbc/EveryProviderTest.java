package dev.hookseal.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.inbox.InboxDispatcher;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each provider on the shelf signs goes through the inbox, with its secret retired in between. */
class EveryProviderTest {
    private static final URI URL = URI.create("https://hooks.example.com/webhooks");

    static Stream<ProviderKit> kits() {
        return ServiceLoader.load(ProviderKit.class).stream().map(ServiceLoader.Provider::get);
    }

    @Test
    void theShelfHasTheProvidersOfTheIssue() {
        assertThat(kits().map(kit -> kit.provider().name()))
                .contains("stripe", "github", "standard-webhooks", "slack", "formflow", "extracta", "hmac");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void givesItsListenerAnEqualDelivery(ProviderKit kit) throws Exception {
        goesThrough(kit.provider(), kit);
    }

    private record RotatedSecrets(AtomicReference<List<SigningSecret>> secrets) implements SecretSource {
        @Override
        public List<SigningSecret> secretsFor(String name) {
            return secrets.get();
        }

        @Override
        public boolean differsByEventType() {
            return false;
        }
    }

    private static <E> void goesThrough(WebhookProvider<E> provider, ProviderKit kit) throws Exception {
        TestSecret secret = kit.newSecret("inbox");
        AtomicReference<List<SigningSecret>> secrets =
                new AtomicReference<>(List.of(SigningSecret.ofUtf8(secret.configured())));
        EndpointSettings.Builder settings =
                EndpointSettings.builder(provider.name()).secrets(new RotatedSecrets(secrets));
        if (provider.settings().contains(EndpointSettings.PUBLIC_URL)) {
            settings.set(EndpointSettings.PUBLIC_URL, URL);
        }
        kit.configure(settings);
        try (JdbcContractInbox node = new JdbcContractInbox(TestDatabase.H2.empty())) {
            WebhookReceiver<E> receiver = WebhookReceiver.builder(provider, settings.build())
                    .inbox(node.inbox(), Set.of())
                    .build();
            WebhookRequest request = FakeEvent.samples(kit)
                    .get(0)
                    .to(URL)
                    .signedWith(secret.signing())
                    .toWebhookRequest();
            VerifiedWebhook<E> verified =
                    WebhookVerifier.of(provider, receiver.settings()).verify(request);
            assertThat(((Decision.Answered<E>) receiver.receive(request))
                            .response()
                            .status())
                    .isEqualTo(202);
            secrets.set(List.of(SigningSecret.ofUtf8(kit.newSecret("another").configured())));

            List<VerifiedWebhook<E>> handled = new ArrayList<>();
            node.runDue(InboxDispatcher.builder()
                    .listener(provider.name(), receiver::restore, Set.of(), (webhook, attempt) -> handled.add(webhook))
                    .build());

            assertThat(handled).hasSize(1);
            VerifiedWebhook<E> webhook = handled.get(0);
            assertThat(webhook.event()).isEqualTo(verified.event());
            assertThat(webhook.signedBytes()).isEqualTo(verified.signedBytes());
            assertThat(webhook.unsignedHeaders()).isEqualTo(verified.unsignedHeaders());
            assertThat(webhook.deliveryKey()).isEqualTo(verified.deliveryKey());
            assertThat(webhook.eventName()).isEqualTo(verified.eventName());
            assertThat(webhook.matchedSecret()).isZero();
            assertThat(webhook.coverage()).isEqualTo(verified.coverage());
        }
    }
}
