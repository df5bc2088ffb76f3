package dev.hookseal.discord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.diagnostics.Cause;
import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.received.Received;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.SignedDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordProviderTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final DiscordKit EVENTS = new DiscordKit();
    private static final DiscordInteractionsKit INTERACTIONS = new DiscordInteractionsKit();
    private static final String EVENT = EVENTS.samples().get(0).body();
    private static final String INTERACTION = INTERACTIONS.samples().get(0).body();

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static Received<DiscordEvent> events() {
        return Received.by(EVENTS, new DiscordProvider(), at(TIME), settings -> {});
    }

    private static Received<DiscordInteraction> interactions() {
        return Received.by(INTERACTIONS, new DiscordInteractionsProvider(), at(TIME), settings -> {});
    }

    private static SignedDelivery signed(ProviderKit kit, String body) {
        return SignedDelivery.of(
                kit,
                new UnsignedDelivery("POST", "", "", "", TIME, body.getBytes(UTF_8)),
                SecretSource.of(kit.newSecret(Received.SEED).signing()));
    }

    static List<ProviderKit> kits() {
        return List.of(EVENTS, INTERACTIONS);
    }

    @Test
    void readsAnEvent() {
        Received<DiscordEvent> received = events();

        assertThat(received.outcome(signed(EVENTS, EVENT))).isEqualTo("handled");

        DiscordEvent event = received.last().event();
        assertThat(event.type()).isEqualTo("ENTITLEMENT_CREATE");
        assertThat(event.timestamp()).isEqualTo("2024-10-18T18:41:21.109604");
        assertThat(event.applicationId()).isEqualTo("1234560123453231555");
        assertThat(event.data().text("/sku_id")).contains("123489045643835123");
        assertThat(event.toJson().json()).isEqualTo(EVENT);
        assertThat(received.last().eventName()).isEqualTo("ENTITLEMENT_CREATE");
        assertThat(received.last().signedContent().signedAt()).isEqualTo(TIME);
    }

    @Test
    void readsAnInteraction() {
        Received<DiscordInteraction> received = interactions();

        assertThat(received.outcome(signed(INTERACTIONS, INTERACTION))).isEqualTo("handled");

        DiscordInteraction event = received.last().event();
        assertThat(event.type()).isEqualTo("APPLICATION_COMMAND");
        assertThat(event.id()).isEqualTo("786008729715212338");
        assertThat(event.applicationId()).isEqualTo("1234560123453231555");
        assertThat(event.token()).isEqualTo("A_UNIQUE_TOKEN");
        assertThat(event.guildId()).isEqualTo("290926798626357999");
        assertThat(event.channelId()).isEqualTo("645027906669510667");
        assertThat(event.data().text("/name")).contains("cardsearch");
        assertThat(event.as(Interaction.class).data().name()).isEqualTo("cardsearch");
        assertThat(event.toString()).doesNotContain("A_UNIQUE_TOKEN");
        assertThat(received.last().toString()).doesNotContain("A_UNIQUE_TOKEN");
        assertThat(received.last().deliveryKey().value()).isEqualTo("discord-interactions:786008729715212338");
        assertThat(received.last().deliveryKey().retention()).isEqualTo(Duration.ofDays(7));
    }

    record Interaction(Data data) {
        record Data(String name) {}
    }

    @Test
    void answersThePingOfAWebhookEventsUrlWith204() {
        Received<DiscordEvent> received = events();
        SignedDelivery ping = signed(EVENTS, "{\"version\":1,\"application_id\":\"1234560123453231555\",\"type\":0}");

        WebhookResponse answer = received.answer(ping);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(received.outcome(ping)).isEqualTo("handshake");
        assertThat(received.handled()).isEmpty();
    }

    @Test
    void answersThePingOfAnInteractionsEndpointUrlWithItsType() {
        Received<DiscordInteraction> received = interactions();
        SignedDelivery ping = signed(
                INTERACTIONS,
                "{\"application_id\":\"1234560123453231555\",\"id\":\"1\",\"token\":\"t\",\"type\":1,\"version\":1}");

        WebhookResponse answer = received.answer(ping);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"type\":1}");
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
        assertThat(received.outcome(ping)).isEqualTo("handshake");
        assertThat(received.handled()).isEmpty();
    }

    // Discord sends one when the URL is saved, and again as a routine
    @ParameterizedTest
    @MethodSource("kits")
    void answersAPingWithAWrongSignatureWith401(ProviderKit kit) {
        String ping = kit == EVENTS ? "{\"type\":0}" : "{\"type\":1}";
        SignedDelivery wrong = signed(kit, ping).withHeader("X-Signature-Ed25519", "0".repeat(128));

        assertThat(Received.by(kit, at(TIME)).status(wrong)).isEqualTo(401);
    }

    @Test
    void rejectsWhatIsForTheOtherUrl() {
        String interactionPing = "{\"application_id\":\"1\",\"id\":\"1\",\"token\":\"t\",\"type\":1,\"version\":1}";
        String eventPing = "{\"version\":1,\"application_id\":\"1\",\"type\":0}";

        assertThat(events().outcome(signed(EVENTS, interactionPing))).isEqualTo("payload-unexpected");
        assertThat(events().outcome(signed(EVENTS, INTERACTION))).isEqualTo("payload-unexpected");
        assertThat(interactions().outcome(signed(INTERACTIONS, eventPing))).isEqualTo("payload-unexpected");
        assertThat(interactions().outcome(signed(INTERACTIONS, EVENT))).isEqualTo("payload-unexpected");
    }

    @ParameterizedTest
    @CsvSource({
        "'', payload-malformed",
        "a=b, payload-malformed",
        "{\"type\":1, payload-malformed",
        "[], payload-unexpected",
        "{}, payload-unexpected",
        "{\"type\":\"1\"}, payload-unexpected",
        "{\"type\":-1}, payload-unexpected",
        "{\"type\":1.0}, payload-unexpected",
    })
    void rejectsABodyThatDiscordCannotHaveSent(String body, String reason) {
        assertThat(events().outcome(signed(EVENTS, body))).isEqualTo(reason);
        assertThat(interactions().outcome(signed(INTERACTIONS, body))).isEqualTo(reason);
    }

    @Test
    void readsMembersOfAnEventLeniently() {
        Received<DiscordEvent> received = events();
        received.outcome(
                signed(EVENTS, "{\"type\":1,\"application_id\":7,\"event\":{\"type\":1,\"timestamp\":2,\"data\":[]}}"));

        VerifiedWebhook<DiscordEvent> webhook = received.last();
        assertThat(webhook.event().type()).isEmpty();
        assertThat(webhook.event().timestamp()).isNull();
        assertThat(webhook.event().data()).isNull();
        assertThat(webhook.unexpectedMembers())
                .containsExactlyInAnyOrder("application_id", "event.type", "event.timestamp", "event.data");
    }

    @Test
    void readsMembersOfAnInteractionLeniently() {
        Received<DiscordInteraction> received = interactions();
        received.outcome(
                signed(INTERACTIONS, "{\"type\":9,\"id\":7,\"token\":[],\"data\":\"text\",\"guild_id\":null}"));

        VerifiedWebhook<DiscordInteraction> webhook = received.last();
        assertThat(webhook.event().type()).isEqualTo("9");
        assertThat(webhook.event().id()).isNull();
        assertThat(webhook.deliveryKey()).isNull();
        assertThat(webhook.unexpectedMembers()).containsExactlyInAnyOrder("id", "token", "data");
    }

    @Test
    void anEventIsADuplicateByItsContent() {
        Received<DiscordEvent> received = events();
        SigningSecret secret = EVENTS.newSecret(Received.SEED).signing();

        assertThat(received.outcome(signed(EVENTS, EVENT))).isEqualTo("handled");
        // a retry: the same event, signed again
        assertThat(received.outcome(signed(EVENTS, EVENT).redeliveredAt(TIME.plusSeconds(60))))
                .isEqualTo("duplicate");
        // the same thing a millisecond later
        assertThat(received.outcome(FakeEvent.sample(EVENTS, "ENTITLEMENT_CREATE")
                        .at(TIME.plusMillis(1))
                        .signedWith(secret)))
                .isEqualTo("handled");
        assertThat(received.last().deliveryKey().retention()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @MethodSource("kits")
    void checksTheTimeOnlyIfAToleranceIsSet(ProviderKit kit) {
        SignedDelivery delivery = signed(kit, kit.samples().get(0).body());
        Clock later = at(TIME.plus(Duration.ofMinutes(11)));

        assertThat(Received.by(kit, later).outcome(delivery)).isEqualTo("handled");
        assertThat(Received.by(kit, kit.provider(), later, settings -> settings.tolerance(Duration.ofMinutes(10)))
                        .outcome(delivery))
                .isEqualTo("timestamp-too-old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1772366400.5", "01772366400", "2026-03-01T12:00:00Z", "1772366400{", " 1772366400"})
    void rejectsATimeThatIsNotDigits(String time) {
        SignedDelivery delivery = signed(EVENTS, EVENT).withHeader("X-Signature-Timestamp", time);

        assertThat(events().outcome(delivery)).isEqualTo("timestamp-malformed");
        assertThat(events().status(delivery)).isEqualTo(401);
    }

    @Test
    void rejectsHeadersThatAreMissingOrRepeated() {
        SignedDelivery delivery = signed(EVENTS, EVENT);

        assertThat(events().outcome(delivery.withHeader("X-Signature-Timestamp")))
                .isEqualTo("timestamp-missing");
        assertThat(events().outcome(delivery.withHeader("X-Signature-Timestamp", "1772366400", "1772366400")))
                .isEqualTo("timestamp-malformed");
        assertThat(events().outcome(delivery.withHeader("X-Signature-Ed25519"))).isEqualTo("signature-missing");
        assertThat(events().outcome(delivery.withHeader("X-Signature-Ed25519", "zz")))
                .isEqualTo("signature-malformed");
    }

    // a bot token, a client secret, a private key, a key in base64, a digit too few
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
                "937it3ow87i4ery69876wqire",
                "302e020100300506032b6570042204204ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af466",
            })
    void failsTheStartForWhatIsNotThePublicKey(String secret) {
        assertThatThrownBy(() -> WebhookVerifier.of(
                        new DiscordProvider(),
                        EndpointSettings.builder("discord")
                                .secret(SigningSecret.ofUtf8(secret))
                                .build()))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageStartingWith("hookseal.endpoints.discord.secret is not a secret of discord: it is not the"
                        + " public key of the application, 64 hex digits")
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void givesTheEndpointThePublicKeyAndSignsWithThePrivateOne(ProviderKit kit) {
        assertThat(kit.newSecret("s").configured()).matches("[0-9a-f]{64}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kit.sign(
                        new UnsignedDelivery("POST", "", "", "", TIME, new byte[0]),
                        SigningSecret.ofUtf8(kit.newSecret("s").configured())))
                .withMessageStartingWith("The secret is not a private key of Ed25519");
    }

    @Test
    void namesTheTypesThatAnInteractionCanBeRenamedTo() {
        byte[] body = INTERACTION.getBytes(UTF_8);

        assertThat(new String(INTERACTIONS.withEventName(body, "MODAL_SUBMIT"), UTF_8))
                .startsWith("{\"type\":5,");
        assertThat(new String(INTERACTIONS.withEventName(body, "9"), UTF_8)).startsWith("{\"type\":9,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> INTERACTIONS.withEventName(body, "COMMAND"))
                .withMessageContaining("COMMAND is not a type of interaction")
                .withMessageContaining("APPLICATION_COMMAND");
    }

    // mcdallas/rust-discord-bot#2
    @ParameterizedTest
    @MethodSource("kits")
    void explainsABodyThatAGatewayEscaped(ProviderKit kit) {
        SignedDelivery sent = signed(kit, kit.samples().get(0).body());
        String escaped = '"' + new String(sent.body(), UTF_8).replace("\"", "\\\"") + '"';

        Explanation explanation = SignatureExplainer.of(kit)
                .withClock(at(TIME))
                .withSecret(kit.newSecret(Received.SEED).configured())
                .explain(sent.withBody(escaped.getBytes(UTF_8)));

        assertThat(explanation.cause().map(Cause::label))
                .as(explanation.toString())
                .contains("body-escaped");
    }
}
