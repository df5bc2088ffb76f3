package dev.hookseal.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.diagnostics.Cause;
import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.discord.DiscordInteractionsKit;
import dev.hookseal.discord.DiscordKit;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.WebhookProviders;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.slack.SlackKit;
import dev.hookseal.square.SquareKit;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.FakeSampleEvent;
import dev.hookseal.testkit.Forgeries;
import dev.hookseal.testkit.Forgery;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the testkit, core's receiver and the explainer do with the kits of Slack, Square and Discord. */
class KitsTest {
    private static final Set<Forgery> OF_ANY_BODY = EnumSet.of(
            Forgery.UNSIGNED,
            Forgery.WRONG_SECRET,
            Forgery.TAMPERED_BODY,
            Forgery.TRUNCATED,
            Forgery.DOUBLED_SIGNATURE,
            Forgery.OVERSIZED);

    private static final Set<String> HANDSHAKES = Set.of("url_verification", "PING");

    private final Clock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));

    static List<ProviderKit> kits() {
        return List.of(new SlackKit(), new SquareKit(), new DiscordKit(), new DiscordInteractionsKit());
    }

    /** Returns the samples that are deliveries. */
    static Stream<Arguments> samples() {
        return samples(name -> !HANDSHAKES.contains(name));
    }

    static Stream<Arguments> handshakes() {
        return samples(HANDSHAKES::contains);
    }

    private static Stream<Arguments> samples(Predicate<String> isWanted) {
        return kits().stream()
                .flatMap(kit -> kit.samples().stream()
                        .map(SampleEvent::name)
                        .filter(isWanted)
                        .map(name -> Arguments.of(kit, name)));
    }

    private SignedDelivery genuine(ProviderKit kit, String name) {
        return sample(kit, name).signedWith(kit.newSecret(Received.SEED).signing());
    }

    private Forgeries forgeries(ProviderKit kit, String name) {
        return Forgeries.of(genuine(kit, name)).withMaxBodyBytes(Received.MAX_BODY_BYTES);
    }

    private FakeSampleEvent<?> sample(ProviderKit kit, String name) {
        return FakeEvent.sample(kit, name)
                .to(URI.create(Received.PUBLIC_URL + "?tenant=a%2Fb"))
                .at(clock);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void isFoundByItsName(ProviderKit kit) {
        String name = kit.provider().name();

        assertThat(ProviderKit.named(name)).hasSameClassAs(kit);
        assertThat(WebhookProviders.load()).anyMatch(provider -> provider.name().equals(name));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsGenuineAndCompletelyTyped(ProviderKit kit, String name) throws Exception {
        Received<?> received = Received.by(kit, clock);

        assertThat(received.outcome(genuine(kit, name))).isEqualTo("handled");

        VerifiedWebhook<?> webhook = received.last();
        assertThat(webhook.eventName()).isEqualTo(name);
        assertThat(webhook.unexpectedMembers()).isEmpty();
        assertThat(webhook.event()).isInstanceOf(kit.provider().eventClass());
        assertThat(webhook.event().toString()).doesNotContain("A_UNIQUE_TOKEN", "herd");
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void aHandshakeIsAnsweredAndNotHandled(ProviderKit kit, String name) throws Exception {
        Received<?> received = Received.by(kit, clock);

        assertThat(received.outcome(genuine(kit, name))).isEqualTo("handshake");
        forgeries(kit, name).assertRejectedBy(received::status);
        assertThat(received.handled()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsEqualAfterItWasStored(ProviderKit kit, String name) throws Exception {
        Received<?> received = Received.by(kit, clock);
        received.outcome(genuine(kit, name));

        assertThat(received.restored()).isEqualTo(received.last());
        assertThat(received.restored().event()).isEqualTo(received.last().event());
        assertThat(received.restored().deliveryKey()).isEqualTo(received.last().deliveryKey());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachForgeryOfASampleIsRejected(ProviderKit kit, String name) throws Exception {
        forgeries(kit, name).assertRejectedBy(Received.by(kit, clock)::status);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachForgeryThatAppliesIsMade(ProviderKit kit, String name) {
        Set<Forgery> applicable = EnumSet.copyOf(OF_ANY_BODY);
        if (!name.equals("block_actions") && !name.startsWith("/")) {
            applicable.add(Forgery.REWRITTEN);
        }
        // of Discord no age is documented
        if (!kit.provider().name().startsWith("discord")) {
            applicable.addAll(List.of(Forgery.STALE, Forgery.FROM_THE_FUTURE));
        }

        assertThat(forgeries(kit, name).byForgery()).containsOnlyKeys(applicable);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void hasTheSameSecretForTheSameSeed(ProviderKit kit) {
        assertThat(kit.newSecret("one")).isEqualTo(kit.newSecret("one"));
        assertThat(kit.newSecret("one").configured())
                .isNotEqualTo(kit.newSecret("two").configured());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void renamesASample(ProviderKit kit, String name) {
        String other =
                kit.provider().name().equals("discord-interactions") ? "APPLICATION_COMMAND_AUTOCOMPLETE" : "other";
        Received<?> received = Received.by(kit, clock);
        FakeSampleEvent<?> renamed = sample(kit, name).withName(other);

        assertThat(received.outcome(
                        renamed.signedWith(kit.newSecret(Received.SEED).signing())))
                .isEqualTo("handled");
        assertThat(received.last().eventName()).isEqualTo(other);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void recognisesARedeliveryWhereThereIsAnId(ProviderKit kit, String name) {
        Received<?> received = Received.by(kit, clock);
        SigningSecret secret = kit.newSecret(Received.SEED).signing();
        FakeSampleEvent<?> event = sample(kit, name);

        assertThat(received.outcome(event.signedWith(secret))).isEqualTo("handled");
        if (received.last().deliveryKey() == null) {
            // a notice, an interaction and a command of Slack have no id
            assertThat(name).isIn("app_rate_limited", "block_actions", "/webhook-collect");
            assertThat(received.outcome(event.signedWith(secret))).isEqualTo("handled");
        } else {
            assertThat(received.outcome(event.signedWith(secret))).isEqualTo("duplicate");
            // an event of Discord is identified by its content
            FakeSampleEvent<?> other =
                    kit instanceof DiscordKit ? event.at(clock.instant().plusMillis(1)) : event.identifiedBy("another");
            assertThat(received.outcome(other.signedWith(secret))).isEqualTo("handled");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void explainsNothingInAGenuineDelivery(ProviderKit kit, String name) {
        Explanation explanation = explain(kit, genuine(kit, name));

        assertThat(explanation.isGenuine()).as(explanation.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void explainsAHeaderInUpperCaseOrABodyWithALineBreakMore(ProviderKit kit) {
        SignedDelivery genuine = genuine(kit, kit.samples().get(0).name());
        byte[] longer = Arrays.copyOf(genuine.body(), genuine.body().length + 1);
        longer[longer.length - 1] = '\n';

        assertThat(explain(kit, genuine.withBody(longer)).cause()).contains(Cause.NEWLINE_ADDED);
    }

    private Explanation explain(ProviderKit kit, SignedDelivery delivery) {
        SignatureExplainer explainer = SignatureExplainer.of(kit).withClock(clock);
        if (kit instanceof SquareKit) {
            explainer = explainer.withSetting("public-url", Received.PUBLIC_URL.toString());
        }
        return explainer.withSecret(kit.newSecret(Received.SEED).configured()).explain(delivery);
    }

    @Test
    void eachSampleHasAnotherName() {
        for (ProviderKit kit : kits()) {
            assertThat(kit.samples()).extracting(sample -> sample.name()).doesNotHaveDuplicates();
            assertThat(Map.copyOf(kit.sign(unsigned(kit), kit.newSecret("s").signing())))
                    .containsKey("Content-Type");
        }
    }

    private ProviderKit.UnsignedDelivery unsigned(ProviderKit kit) {
        byte[] body = kit.samples().get(0).body().getBytes(StandardCharsets.UTF_8);
        return new ProviderKit.UnsignedDelivery("POST", "https://example.com", "", "", clock.instant(), body);
    }
}
