package dev.hookseal.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import dev.hookseal.testkit.fake.FakeProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The testkit signs, forges and fakes as the settings say, and a receiver rejects every forgery. */
class HmacForgeriesTest {
    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("signature-header", "X-Sig"),
                Map.of("signature-header", "X-Sig", "signature-encoding", "base64", "algorithm", "hmac-sha512"),
                Map.of("signature-header", "X-Sig", "signature-encoding", "base64url", "algorithm", "hmac-sha1"),
                Map.of(
                        "signature-header", "X-Sig",
                        "signature-prefix", "v1=",
                        "signature-separator", "comma",
                        "timestamp-element", "t=",
                        "signed-content", "{timestamp}.{body}"),
                Map.of(
                        "signature-header", "X-Sig",
                        "timestamp-header", "X-Time",
                        "timestamp-unit", "milliseconds",
                        "public-url", "https://example.com/webhooks",
                        "signed-content", "{method}{url}{body}{timestamp}"),
                Map.of(
                        "signature-header", "X-Sig",
                        "id-header", "X-Id",
                        "timestamp-header", "X-Time",
                        "timestamp-unit", "iso-8601",
                        "signed-content", "{id}{timestamp}{body}"),
                Map.of(
                        "signature-header", "X-Sig",
                        "secret-encoding", "base64",
                        "secret-prefix", "whsec_",
                        "event-header", "X-Event"),
                Map.of(
                        "signature-header", "X-Sig",
                        "event-pointer", "/data/type",
                        "id-pointer", "/data/id",
                        "timestamp-pointer", "/meta/sentAt",
                        "timestamp-unit", "milliseconds"),
                Map.of("signature-header", "X-Sig", "body-format", "text"));
    }

    private static ProviderKit kit(Map<String, String> values) {
        return new HmacKit().withSettings(Properties.of(values, "unused", Instant.EPOCH));
    }

    private static EndpointSettings endpoint(Map<String, String> values, TestSecret secret) {
        EndpointSettings settings = Properties.of(values, secret.configured(), Instant.EPOCH);
        EndpointSettings.Builder builder = EndpointSettings.builder("shop")
                .secret(SigningSecret.ofUtf8(secret.configured()))
                .clock(Clock.systemUTC());
        new HmacKit().withSettings(settings).configure(builder);
        settings.value(HmacSettings.PUBLIC_URL).ifPresent(url -> builder.set(HmacSettings.PUBLIC_URL, url));
        return builder.build();
    }

    private static int answer(WebhookReceiver<HmacEvent> receiver, SignedDelivery delivery) {
        Decision<HmacEvent> decision = receiver.receive(delivery.toWebhookRequest());
        if (decision instanceof Decision.Admitted<HmacEvent> admitted) {
            admitted.delivery().answered(200);
            return 200;
        }
        return ((Decision.Answered<HmacEvent>) decision).response().status();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aReceiverRejectsEveryForgery(Map<String, String> values) throws Exception {
        ProviderKit kit = kit(values);
        TestSecret secret = kit.newSecret("test");
        FakeSampleEvent<?> event = FakeEvent.samples(kit).get(0);
        SignedDelivery genuine =
                event.to(URI.create("https://example.com/webhooks")).signedWith(secret.signing());
        WebhookReceiver<HmacEvent> receiver = WebhookReceiver.of(new HmacProvider(), endpoint(values, secret));

        Forgeries forgeries = Forgeries.of(genuine);
        forgeries.assertRejectedBy(delivery -> answer(receiver, delivery));

        boolean hasSignedTime = values.containsKey("timestamp-pointer")
                || values.getOrDefault("signed-content", "").contains("{timestamp}");
        assertThat(forgeries.byForgery().containsKey(Forgery.STALE)).isEqualTo(hasSignedTime);
        assertThat(forgeries.byForgery())
                .containsKeys(Forgery.TAMPERED_BODY, Forgery.TRUNCATED, Forgery.WRONG_SECRET, Forgery.UNSIGNED);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSampleHasItsNameAndIdWhereTheSettingsSay(Map<String, String> values) {
        FakeSampleEvent<HmacEvent> event = FakeEvent.samples(kit(values))
                .get(0)
                .as(HmacEvent.class)
                .withName("order.paid")
                .withId("order-7");

        HmacEvent read = event.event();

        String name = values.containsKey("event-pointer") ? read.eventName() : read.unsignedEventName();
        boolean hasName = values.containsKey("event-pointer") || values.containsKey("event-header");
        assertThat(name).isEqualTo(hasName ? "order.paid" : null);
        boolean hasId = values.containsKey("id-pointer") || values.containsKey("id-header");
        assertThat(read.id()).isEqualTo(hasId ? "order-7" : null);
    }

    @Test
    void theKitWithoutSettingsIsThatOfAnImaginarySender() {
        HmacEvent event =
                FakeEvent.sample("hmac", "example").as(HmacEvent.class).event();

        assertThat(event.eventName()).isEqualTo("example");
        assertThat(event.id()).isEqualTo("example-1");
        assertThat(event.time()).isNotNull();
        assertThat(WebhookProviders.kit("hmac")).containsInstanceOf(HmacKit.class);
    }

    @Test
    void aFakeGivesTheApplicationItsSettings() {
        Map<String, String> values = Map.of(
                "signature-header", "X-Sig",
                "signature-encoding", "base64",
                "timestamp-header", "X-Time",
                "tolerance", "90s",
                "signed-content", "{timestamp}.{body}");

        Map<String, String> properties =
                new LinkedHashMap<>(FakeProvider.of(kit(values)).properties("shop"));

        String prefix = "hookseal.endpoints.shop.";
        assertThat(properties.remove(prefix + "secret")).isNotEmpty();
        assertThat(properties.remove(prefix + "provider")).isEqualTo("hmac");
        Map<String, String> expected = new LinkedHashMap<>();
        values.forEach((key, value) -> expected.put(prefix + key, value));
        assertThat(properties).isEqualTo(expected);
    }

    @Test
    void saysWhichSettingIsMissing() {
        ProviderKit kit = kit(Map.of("timestamp-unit", "seconds"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeEvent.samples(kit).get(0).signedWith("secret"))
                .withMessage("signature-header is not set: it is the header with the signature");
    }
}
