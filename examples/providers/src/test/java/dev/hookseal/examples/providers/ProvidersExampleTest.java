package dev.hookseal.examples.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.provider.ProviderKit;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.fake.FakeProvider;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application as its providers see it: over HTTP, with what the pages of docs/providers show. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ProvidersExampleTest {
    private static final Map<String, FakeProvider> FAKES = new TreeMap<>(Map.of(
            "github", FakeProvider.of("github"),
            "stripe", FakeProvider.of("stripe"),
            "shopify", FakeProvider.of("shopify")));

    // the variables that application.properties names
    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        registry.add("GITHUB_WEBHOOK_SECRET", () -> secret("github"));
        registry.add("STRIPE_WEBHOOK_SECRET", () -> secret("stripe"));
        registry.add("SHOPIFY_CLIENT_SECRET", () -> secret("shopify"));
    }

    private static String secret(String provider) {
        return FAKES.get(provider).properties(provider).get("hookseal.endpoints." + provider + ".secret");
    }

    @LocalServerPort
    private int port;

    private URI url(String provider) {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/" + provider);
    }

    @ParameterizedTest
    @CsvSource({
        "github, issues, GitHub: opened in octocat/Hello-World",
        "github, push, GitHub: null in octocat/Hello-World",
        "stripe, invoice.paid, Stripe: invoice.paid of ",
        "stripe, v1.billing.meter.error_report_triggered, Stripe: v1.billing.meter.error_report_triggered of ",
        "shopify, orders/create, Shopify: order #9999"
    })
    void handlesADelivery(String provider, String event, String logged, CapturedOutput output) {
        FakeProvider fake = FAKES.get(provider);
        fake.deliverTo(url(provider));

        fake.deliver(event).assertAcknowledgedAtOnce();

        assertThat(output).contains(logged);
    }

    @Test
    void acknowledgesAnEventThatNoHandlerNames(CapturedOutput output) {
        FakeProvider shopify = FAKES.get("shopify");
        shopify.deliverTo(url("shopify"));

        shopify.deliver("app/uninstalled").assertAcknowledgedAtOnce();

        assertThat(output).doesNotContain("Shopify: order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "stripe", "shopify"})
    void rejectsForgeries(String provider) throws InterruptedException {
        String event = ProviderKit.named(provider).samples().get(1).name();

        Forgeries.of(FakeEvent.sample(provider, event)
                        .identifiedBy("forged")
                        .signedWith(FAKES.get(provider).secrets()))
                .assertRejectedBy(url(provider));
    }
}
