package dev.hookseal.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explains deliveries of providers that sign in every way that the SPI has; see {@link CustomKits}. */
class CustomKitsTest {
    private static final URI PUBLIC_URL = URI.create("https://hooks.example.org/in");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,}");

    static List<ProviderKit> kits() {
        return CustomKits.all();
    }

    private static Stream<ProviderKit> kits(boolean included, String... names) {
        return kits().stream()
                .filter(kit -> Set.of(names).contains(kit.provider().name()) == included);
    }

    static Stream<ProviderKit> thatCoverTheBody() {
        return kits(false, "doorbell");
    }

    static Stream<ProviderKit> withASharedSecret() {
        return kits(false, "chat", "mail", "bank");
    }

    static Stream<ProviderKit> withAPublicKey() {
        return kits(true, "chat", "mail", "bank");
    }

    static Stream<ProviderKit> withASignatureInHex() {
        return kits(true, "hub", "payments", "video", "social", "chat", "keyring");
    }

    private static SignedDelivery genuine(ProviderKit kit) {
        return FakeEvent.samples(kit)
                .get(0)
                .to(URI.create(PUBLIC_URL + "?tenant=a%2Fb"))
                .signedWith(kit.newSecret("any").signing());
    }

    private static Explanation explain(ProviderKit kit, String secret, SignedDelivery delivery) {
        return explain(SignatureExplainer.of(kit), kit, secret, delivery);
    }

    private static Explanation explain(
            SignatureExplainer explainer, ProviderKit kit, String secret, SignedDelivery delivery) {
        SignatureExplainer configured = kit.provider().settings().contains(EndpointSettings.PUBLIC_URL)
                ? explainer.withSetting("public-url", PUBLIC_URL.toString())
                : explainer;
        return configured.withSecret(secret).explain(delivery);
    }

    private static String secret(ProviderKit kit) {
        return kit.newSecret("any").configured();
    }

    private static SignedDelivery inUpperCase(SignedDelivery delivery) {
        SignedDelivery changed = delivery;
        for (Map.Entry<String, List<String>> header : delivery.headers().entrySet()) {
            changed = changed.withHeader(
                    header.getKey(),
                    HEX.matcher(header.getValue().get(0))
                            .replaceAll(hex -> hex.group().toUpperCase(Locale.ROOT)));
        }
        return changed;
    }

    @ParameterizedTest
    @MethodSource("kits")
    void findsNothingInAGenuineDelivery(ProviderKit kit) {
        Explanation explanation = explain(kit, secret(kit), genuine(kit));

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void findsNothingWithoutAKitEither(ProviderKit kit) {
        Explanation explanation = explain(SignatureExplainer.of(kit.provider()), kit, secret(kit), genuine(kit));

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("withASharedSecret")
    void findsWhiteSpaceAroundTheSecret(ProviderKit kit) {
        Explanation explanation = explain(kit, secret(kit) + " \n", genuine(kit));

        assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.SECRET_WHITE_SPACE);
    }

    @Test
    void saysThatASecretCannotBeDecodedAsTheStartDoes() {
        ProviderKit ledger = CustomKits.ledger();

        assertThatThrownBy(() -> explain(ledger, "not hex", genuine(ledger)))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("hookseal.endpoints.ledger.secret is not a secret of ledger: it is not hex");
    }

    @Test
    void findsTheSecretOfAnotherKey() {
        SignatureExplainer explainer = SignatureExplainer.of(CustomKits.keyring())
                .withSecret("one", SigningSecret.ofUtf8("first"))
                .withSecret(CustomKits.KEY_ID, SigningSecret.ofUtf8("second"));
        FakeSampleEvent<?> sample = FakeEvent.sample(CustomKits.keyring(), "order.paid");

        assertThat(explainer.explain(sample.signedWith("second")).isGenuine()).isTrue();
        assertThat(explainer.explain(sample.signedWith("first")).cause()).contains(Cause.SECRET_OF_ANOTHER_EVENT);
    }

    @ParameterizedTest
    @MethodSource("withAPublicKey")
    void takesAPublicKeyWithWhiteSpaceAroundIt(ProviderKit kit) {
        assertThat(explain(kit, secret(kit) + " \n", genuine(kit)).isGenuine()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void findsNoCauseForAnotherSecret(ProviderKit kit) {
        Explanation explanation = explain(kit, kit.newSecret("another").configured(), genuine(kit));

        assertThat(explanation.isGenuine()).isFalse();
        assertThat(explanation.cause()).as(explanation.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("thatCoverTheBody")
    void findsANewlineThatWasAdded(ProviderKit kit) {
        SignedDelivery genuine = genuine(kit);
        byte[] longer = (new String(genuine.body(), UTF_8) + "\n").getBytes(UTF_8);
        Explanation explanation = explain(kit, secret(kit), genuine.withBody(longer));

        assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.NEWLINE_ADDED);
    }

    @ParameterizedTest
    @MethodSource("thatCoverTheBody")
    void findsNoCauseForATamperedBody(ProviderKit kit) {
        SignedDelivery genuine = genuine(kit);
        byte[] tampered =
                new String(genuine.body(), UTF_8).replace("evt_1", "evt_2").getBytes(UTF_8);
        Explanation explanation = explain(kit, secret(kit), genuine.withBody(tampered));

        assertThat(explanation.isGenuine()).isFalse();
        assertThat(explanation.cause()).as(explanation.toString()).isEmpty();
    }

    @Test
    void takesATokenWithAnyBody() {
        ProviderKit doorbell = CustomKits.doorbell();
        byte[] other = "{\"type\":\"order.lost\"}".getBytes(UTF_8);

        assertThat(explain(doorbell, secret(doorbell), genuine(doorbell).withBody(other))
                        .isGenuine())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("withASignatureInHex")
    void findsASignatureInUpperCase(ProviderKit kit) {
        Explanation explanation = explain(kit, secret(kit), inUpperCase(genuine(kit)));

        assertThat(explanation.cause()).as(explanation.toString()).contains(Cause.UPPER_CASE);
    }
}
