package dev.hookseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.fixture.provider.CustomEvent;
import dev.hookseal.fixture.provider.CustomKits;
import dev.hookseal.fixture.provider.HubProvider;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ReadEvent;
import dev.hookseal.provider.Setting;
import dev.hookseal.provider.SettingType;
import dev.hookseal.provider.TestSecret;
import dev.hookseal.provider.WebhookProvider;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SignatureScheme;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The testkit with providers that sign in every way that the SPI has; see {@link CustomKits}. */
class CustomKitsTest {
    private static final URI PUBLIC_URL = URI.create("https://hooks.example.org/in");
    private static final Set<Forgery> OF_ANY_BODY =
            EnumSet.of(Forgery.UNSIGNED, Forgery.WRONG_SECRET, Forgery.DOUBLED_SIGNATURE, Forgery.OVERSIZED);
    private static final Set<String> WITH_A_SIGNED_TIME = Set.of("payments", "crm", "video");

    static List<ProviderKit> kits() {
        return CustomKits.all();
    }

    private static FakeSampleEvent<?> sample(ProviderKit kit) {
        return FakeEvent.sample(kit, "order.paid").to(URI.create(PUBLIC_URL + "?tenant=a%2Fb"));
    }

    private static SignedDelivery genuine(ProviderKit kit) {
        return sample(kit).signedWith(kit.newSecret("any").signing());
    }

    private static TestEndpoint<?> endpoint(ProviderKit kit) {
        return endpoint(
                kit, SecretSource.of(SigningSecret.ofUtf8(kit.newSecret("any").configured())));
    }

    private static TestEndpoint<?> endpoint(ProviderKit kit, SecretSource secrets) {
        return TestEndpoint.of(kit.provider(), settings -> {
            settings.secrets(secrets);
            if (kit.provider().settings().contains(EndpointSettings.PUBLIC_URL)) {
                settings.set(EndpointSettings.PUBLIC_URL, PUBLIC_URL);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kits")
    void takesASampleAsGenuine(ProviderKit kit) {
        assertThat(endpoint(kit).receive(genuine(kit))).isEqualTo("handled");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void makesTheProofOfASample(ProviderKit kit) {
        VerifiedWebhook<?> verified = sample(kit).verified();

        assertThat(verified.eventName()).isEqualTo("order.paid");
        assertThat(sample(kit).withName("order.lost").verified().eventName()).isEqualTo("order.lost");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void hasEachForgeryRejected(ProviderKit kit) throws Exception {
        Forgeries.of(genuine(kit)).assertRejectedBy(endpoint(kit)::status);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void makesEachForgeryThatApplies(ProviderKit kit) {
        Set<Forgery> applicable = EnumSet.copyOf(OF_ANY_BODY);
        if (sample(kit).verified().coverage() != Coverage.NOTHING) {
            applicable.addAll(List.of(Forgery.TAMPERED_BODY, Forgery.TRUNCATED, Forgery.REWRITTEN));
        }
        if (WITH_A_SIGNED_TIME.contains(kit.provider().name())) {
            applicable.addAll(List.of(Forgery.STALE, Forgery.FROM_THE_FUTURE));
        }

        assertThat(Forgeries.of(genuine(kit)).byForgery()).containsOnlyKeys(applicable);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAMPERED_BODY", "TRUNCATED", "REWRITTEN"})
    void saysThatATokenCoversNothingThatCouldBeForged(Forgery forgery) {
        SignedDelivery genuine = genuine(CustomKits.doorbell());

        assertThat(forgery.appliesTo(genuine)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> genuine.forged(forgery))
                .withMessageEndingWith("cannot be forged to be " + forgery.label()
                        + ": it would stay genuine, because its signature does not cover what is changed");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void hasTheSameSecretForTheSameSeed(ProviderKit kit) {
        TestSecret secret = kit.newSecret("one");

        assertThat(kit.newSecret("one")).isEqualTo(secret);
        assertThat(kit.newSecret("two").configured()).isNotEqualTo(secret.configured());
        assertThat(secret.configured().equals(text(secret.signing())))
                .isEqualTo(
                        !Set.of("chat", "mail", "bank").contains(kit.provider().name()));
    }

    private static String text(SigningSecret secret) {
        return new String(secret.exposeSecretBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void signsForTheUrlThatIsCalled() {
        ProviderKit crm = CustomKits.crm();
        SignedDelivery genuine = genuine(crm);

        assertThat(endpoint(crm).receive(genuine.signedFor(URI.create(PUBLIC_URL + "?tenant=b"))))
                .isEqualTo("handled");
        assertThat(endpoint(crm).receive(genuine.signedFor(URI.create("https://evil.example.org/in?tenant=a%2Fb"))))
                .isEqualTo("signature-mismatch");
    }

    @Test
    void signsWithTheSecretOfTheKeyThatItNames() throws Exception {
        ProviderKit keyring = CustomKits.keyring();
        SecretSource secrets = SecretSource.byEventType(Map.of(
                "one",
                List.of(SigningSecret.ofUtf8("first")),
                CustomKits.KEY_ID,
                List.of(SigningSecret.ofUtf8("second"))));
        SignedDelivery genuine = sample(keyring).signedWith(secrets);

        assertThat(Forgeries.of(genuine).byForgery()).containsKey(Forgery.SECRET_OF_ANOTHER_EVENT);
        Forgeries.of(genuine).assertRejectedBy(endpoint(keyring, secrets)::status);
    }

    @Test
    void asksTheKitForTheSettingsThatAProviderNeeds() {
        ProviderKit configured = new TenantKit(true);
        ProviderKit unconfigured = new TenantKit(false);
        SignedDelivery genuine = sample(unconfigured).signedWith("secret");

        assertThat(Forgeries.of(sample(configured).signedWith("secret")).byForgery())
                .containsKey(Forgery.UNSIGNED);
        assertThat(sample(configured).verified().eventName()).isEqualTo("order.paid");
        String message = "The testkit has no endpoint for tenant to try a delivery with: set in ProviderKit.configure"
                + " what it lacks: hookseal.endpoints.tenant.tenant is not set";
        assertThatIllegalStateException()
                .isThrownBy(() -> genuine.forged(Forgery.UNSIGNED))
                .withMessageStartingWith(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> sample(unconfigured).verified())
                .withMessageStartingWith(message);
    }

    /** Like Hub, with a setting that has no default. */
    private record TenantProvider() implements WebhookProvider<CustomEvent> {
        private static final HubProvider HUB = new HubProvider();
        private static final Setting<String> TENANT =
                Setting.of("tenant", SettingType.TEXT, "The tenant whose deliveries these are.");

        @Override
        public String name() {
            return "tenant";
        }

        @Override
        public Class<CustomEvent> eventClass() {
            return CustomEvent.class;
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(TENANT);
        }

        @Override
        public Set<String> unsignedHeaders(EndpointSettings settings) {
            return HUB.unsignedHeaders(settings);
        }

        @Override
        public SignatureScheme scheme(EndpointSettings settings) {
            if (settings.value(TENANT).isEmpty()) {
                throw new WebhookConfigurationException(settings.property("tenant") + " is not set", "set it");
            }
            return HUB.scheme(settings);
        }

        @Override
        public ReadEvent<CustomEvent> read(SignedContent content, EndpointSettings settings)
                throws WebhookRejectedException {
            return HUB.read(content, settings);
        }
    }

    private record TenantKit(boolean configured) implements ProviderKit {
        @Override
        public WebhookProvider<CustomEvent> provider() {
            return new TenantProvider();
        }

        @Override
        public Map<String, String> sign(UnsignedDelivery delivery, SigningSecret secret) {
            return CustomKits.hub().sign(delivery, secret);
        }

        @Override
        public List<SampleEvent> samples() {
            return CustomKits.hub().samples();
        }

        @Override
        public void configure(EndpointSettings.Builder settings) {
            if (configured) {
                settings.set(TenantProvider.TENANT, "any");
            }
        }
    }
}
