package dev.hookseal.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.diagnostics.Cause;
import dev.hookseal.diagnostics.Explanation;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.received.Received;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.FakeEvent;
import dev.hookseal.testkit.SignedDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackProviderTest {
    // published: "Verifying requests from Slack"
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final Instant TIME = Instant.ofEpochSecond(1531420618);
    private static final String SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static final SlackKit KIT = new SlackKit();
    private static final String COMMAND = KIT.samples().get(5).body();
    private static final SigningSecret TEST_SECRET =
            KIT.newSecret(Received.SEED).signing();

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static Received<SlackEvent> received(Instant now) {
        return Received.by(KIT, new SlackProvider(), at(now), settings -> {});
    }

    private static Received<SlackEvent> published(Instant now) {
        return Received.by(
                KIT, new SlackProvider(), at(now), settings -> settings.secret(SigningSecret.ofUtf8(SECRET)));
    }

    private static WebhookRequest request(Map<String, List<String>> headers, String body) {
        return WebhookRequest.of("POST", headers, body.getBytes(UTF_8));
    }

    private static Map<String, List<String>> headers() {
        return new HashMap<>(
                Map.of("X-Slack-Signature", List.of(SIGNATURE), "X-Slack-Request-Timestamp", List.of("1531420618")));
    }

    private static SignedDelivery signed(byte[] body) {
        return SignedDelivery.of(
                KIT, new UnsignedDelivery("POST", "", "", "", TIME, body), SecretSource.of(TEST_SECRET));
    }

    private static SignedDelivery signed(String body) {
        return signed(body.getBytes(UTF_8));
    }

    private static <T extends SlackEvent> T event(Class<T> type, String body) {
        Received<SlackEvent> received = received(TIME);
        assertThat(received.outcome(signed(body))).isEqualTo("handled");
        return type.cast(received.last().event());
    }

    @Test
    void takesThePublishedRequest() {
        Received<SlackEvent> received = published(TIME);

        assertThat(received.outcome(request(headers(), COMMAND))).isEqualTo("handled");

        SlackEvent.Command command = (SlackEvent.Command) received.last().event();
        assertThat(command.command()).isEqualTo("/webhook-collect");
        assertThat(command.text()).isEmpty();
        assertThat(command.teamId()).isEqualTo("T1DC2JH3J");
        assertThat(command.appId()).isNull();
        assertThat(command.userId()).isEqualTo("U2CERLKJA");
        assertThat(command.channelId()).isEqualTo("G8PSS9T3V");
        assertThat(command.triggerId()).endsWith("703c");
        assertThat(command.toJson().text("/response_url"))
                .contains("https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN");
        assertThat(received.last().deliveryKey()).isNull();
    }

    @Test
    void itsKitSignsAsThePublishedRequestIs() {
        UnsignedDelivery delivery = new UnsignedDelivery("POST", "", "", "", TIME, COMMAND.getBytes(UTF_8));

        assertThat(KIT.sign(delivery, SigningSecret.ofUtf8(SECRET)))
                .containsEntry("X-Slack-Signature", SIGNATURE)
                .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }

    // "if the absolute difference is more than five minutes"
    @ParameterizedTest
    @CsvSource({
        "-301, timestamp-too-far-ahead",
        "-300, handled",
        "0, handled",
        "300, handled",
        "301, timestamp-too-old",
    })
    void hasFiveMinutesEitherWay(int seconds, String outcome) {
        assertThat(published(TIME.plusSeconds(seconds)).outcome(request(headers(), COMMAND)))
                .isEqualTo(outcome);
    }

    @Test
    void rejectsHeadersThatAreMissingOrRepeated() {
        Map<String, List<String>> headers = headers();
        headers.put("X-Slack-Request-Timestamp", List.of("1531420618", "1531420618"));
        assertThat(published(TIME).outcome(request(headers, COMMAND))).isEqualTo("timestamp-malformed");
        headers.remove("X-Slack-Request-Timestamp");
        assertThat(published(TIME).outcome(request(headers, COMMAND))).isEqualTo("timestamp-missing");
        headers.remove("X-Slack-Signature");
        assertThat(published(TIME).outcome(request(headers, COMMAND))).isEqualTo("signature-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1=", "V0=", "", "v0", "v0=v0="})
    void rejectsAnotherVersion(String prefix) {
        Map<String, List<String>> headers = headers();
        headers.put("X-Slack-Signature", List.of(prefix + SIGNATURE.substring(3)));

        assertThat(published(TIME).outcome(request(headers, COMMAND))).isEqualTo("signature-malformed");
    }

    @Test
    void readsAnEvent() {
        String body = KIT.samples().get(0).body();

        SlackEvent.Callback event = event(SlackEvent.Callback.class, body);

        assertThat(event.name()).isEqualTo("message");
        assertThat(event.type()).isEqualTo("event_callback");
        assertThat(event.eventType()).isEqualTo("message");
        assertThat(event.eventId()).isEqualTo("Ev0PV52K25");
        assertThat(event.eventTime()).isEqualTo(Instant.ofEpochSecond(1525215129));
        assertThat(event.event().text("/text")).contains("How many cats did we herd yesterday?");
        assertThat(event.teamId()).isEqualTo("T1H9RESGL");
        assertThat(event.appId()).isEqualTo("A2H9RFS1A");
        assertThat(event.toJson().json()).isEqualTo(body);
        assertThat(event.as(Envelope.class).event().channel()).isEqualTo("D0PNCRP9N");
    }

    record Envelope(Inner event) {
        record Inner(String channel) {}
    }

    @Test
    void readsANoticeWithoutAnEvent() {
        SlackEvent.Callback event =
                event(SlackEvent.Callback.class, KIT.samples().get(3).body());

        assertThat(event.name()).isEqualTo("app_rate_limited");
        assertThat(event.event()).isNull();
        assertThat(event.eventId()).isNull();
        assertThat(event.eventTime()).isNull();
        assertThat(event.eventType()).isNull();
    }

    @Test
    void readsTheInteractionInAForm() {
        SlackEvent.Interaction event =
                event(SlackEvent.Interaction.class, KIT.samples().get(4).body());

        assertThat(event.name()).isEqualTo("block_actions");
        assertThat(event.type()).isEqualTo("block_actions");
        assertThat(event.triggerId()).isEqualTo("12466734323.1395872398");
        assertThat(event.teamId()).isEqualTo("T9TK3CUKW");
        assertThat(event.appId()).isEqualTo("AABA1ABCD");
        assertThat(event.toJson().text("/actions/0/value")).contains("*click_me*");
    }

    @Test
    void namesTheDeliveryByTheIdOfTheEvent() {
        Received<SlackEvent> received = received(TIME);
        received.outcome(FakeEvent.sample(KIT, "app_mention").at(TIME).signedWith(TEST_SECRET));
        // a retry: the same event, signed again
        String outcome = received.outcome(FakeEvent.sample(KIT, "app_mention")
                .at(TIME.plusSeconds(60))
                .signedWith(TEST_SECRET)
                .withHeader("X-Slack-Retry-Num", "1"));

        assertThat(outcome).isEqualTo("duplicate");
        assertThat(received.last().deliveryKey().value()).isEqualTo("slack:Ev0PV52K26");
        assertThat(received.last().deliveryKey().retention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void givesTheNumberAndTheReasonOfARetryAsUnsigned() {
        Received<SlackEvent> received = received(TIME);
        received.outcome(signed(KIT.samples().get(0).body())
                .withHeader("X-Slack-Retry-Num", "1")
                .withHeader("X-Slack-Retry-Reason", "http_timeout"));

        assertThat(received.last().unsignedHeaders())
                .containsEntry("X-Slack-Retry-Num", List.of("1"))
                .containsEntry("X-Slack-Retry-Reason", List.of("http_timeout"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n\t", "\r\n  "})
    void takesWhiteSpaceBeforeJson(String space) {
        assertThat(event(SlackEvent.Callback.class, space + KIT.samples().get(0).body())
                        .name())
                .isEqualTo("message");
    }

    @Test
    void readsMembersOfAnotherKindLeniently() {
        Received<SlackEvent> received = received(TIME);
        String body = "{\"type\":\"event_callback\",\"event\":\"text\",\"event_id\":7,\"event_time\":\"soon\","
                + "\"team_id\":[],\"api_app_id\":null}";

        assertThat(received.outcome(signed(body))).isEqualTo("handled");

        VerifiedWebhook<SlackEvent> webhook = received.last();
        assertThat(webhook.event()).isInstanceOfSatisfying(SlackEvent.Callback.class, event -> {
            assertThat(event.name()).isEqualTo("event_callback");
            assertThat(event.event()).isNull();
            assertThat(event.eventTime()).isNull();
        });
        assertThat(webhook.deliveryKey()).isNull();
        assertThat(webhook.unexpectedMembers()).containsExactlyInAnyOrder("event", "event_id", "event_time", "team_id");
    }

    @Test
    void decodesFieldsStrictly() {
        SlackEvent.Command command = event(
                SlackEvent.Command.class, "command=%2Fa&text=caf%C3%A9+%2A%F0%9F%98%80%22%5C%0A%00\u00e9&a%3Db=&empty");

        assertThat(command.text()).isEqualTo("caf\u00e9 *\ud83d\ude00\"\\\n\0\u00e9");
        assertThat(command.toJson().asMap()).containsEntry("a=b", "").containsEntry("empty", "");
        assertThat(command.toJson().text("/text")).contains(command.text());
    }

    @ParameterizedTest
    @CsvSource({
        // an escape that is not one
        "command=%zz, payload-malformed",
        "command=%, payload-malformed",
        "command=%2, payload-malformed",
        "command=%+1, payload-malformed",
        "%zz=a, payload-malformed",
        // bytes that are not UTF-8, and half of a surrogate pair
        "command=%FF, payload-malformed",
        "command=%ED%A0%80, payload-malformed",
        "command=%C0%AF, payload-malformed",
        "payload=%7B, payload-malformed",
        "payload=, payload-malformed",
        "{\"type\":, payload-malformed",
        "{\"type\":\"a\"}b, payload-malformed",
        // fields that can be read in two ways
        "command=a&command=a, payload-unexpected",
        "command=a&c%6Fmmand=b, payload-unexpected",
        "payload=%7B%22type%22%3A%22a%22%7D&payload=%7B%22type%22%3A%22b%22%7D, payload-unexpected",
        // neither an event nor a form of Slack
        "'', payload-unexpected",
        "text=a, payload-unexpected",
        "[1], payload-unexpected",
        "payload=%5B%5D, payload-unexpected",
        "payload=%7B%7D, payload-unexpected",
        "{}, payload-unexpected",
        "{\"type\":7}, payload-unexpected",
    })
    void rejectsABodyThatSlackCannotHaveSent(String body, String reason) {
        assertThat(received(TIME).outcome(signed(body))).isEqualTo(reason);
        assertThat(received(TIME).status(signed(body))).isEqualTo(400);
    }

    @Test
    void rejectsABodyInAnotherCharset() {
        assertThat(received(TIME).outcome(signed("{\"type\":\"\u00e9\"}".getBytes(ISO_8859_1))))
                .isEqualTo("payload-malformed");
        assertThat(received(TIME).outcome(signed("command=\u00e9".getBytes(ISO_8859_1))))
                .isEqualTo("payload-malformed");
    }

    @Test
    void answersAVerificationOfTheUrlWithItsChallenge() {
        String body = KIT.samples().get(6).body();
        Received<SlackEvent> received = received(TIME);

        WebhookResponse answer = received.answer(signed(body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
        assertThat(answer.headers())
                .hasEntrySatisfying("Content-Type", type -> assertThat(type).startsWith("text/plain"));
        assertThat(received.outcome(signed(body))).isEqualTo("handshake");
        assertThat(received.handled()).isEmpty();
    }

    @Test
    void answersNoChallengeThatIsNotSignedOrNotPlain() {
        String body = "{\"challenge\":\"c\",\"type\":\"url_verification\"}";

        assertThat(received(TIME).outcome(signed(body).withHeader("X-Slack-Signature")))
                .isEqualTo("signature-missing");
        assertThat(received(TIME.plusSeconds(301)).outcome(signed(body))).isEqualTo("timestamp-too-old");
        for (String challenge : List.of("\"<script>\"", "\"\"", "7", "null")) {
            assertThat(received(TIME).outcome(signed(body.replace("\"c\"", challenge))))
                    .isEqualTo("payload-unexpected");
        }
    }

    private static Explanation explain(String secret, SignedDelivery delivery) {
        return SignatureExplainer.of(KIT).withClock(at(TIME)).withSecret(secret).explain(delivery);
    }

    // slackapi/java-slack-sdk#1290, spring-projects/spring-framework#33523
    @ParameterizedTest
    @CsvSource({
        "command=%2Fa&text=%2Abold%2A+text, command=%2Fa&text=*bold*+text",
        "command=%2Fa&text=a+b, command=%2Fa&text=a%20b",
        "command=%2Fa&text=%7Ea+%2A, command=%2Fa&text=~a%20*",
        "command=%2Fa&text=%C3%A9, command=%2Fa&text=\u00e9",
    })
    void explainsAFormThatWasEncodedAgain(String sent, String arrived) {
        Explanation explanation =
                explain(KIT.newSecret(Received.SEED).configured(), signed(sent).withBody(arrived.getBytes(UTF_8)));

        assertThat(explanation.cause().map(Cause::label))
                .as(explanation.toString())
                .contains("form-reencoded");
    }

    @Test
    void explainsThatOnlyThePayloadIsLeft() {
        String json = "{\"type\":\"block_actions\",\"value\":\"*a b*\"}";
        SignedDelivery sent = signed("payload=" + SlackForm.encoded(json));

        assertThat(explain(KIT.newSecret(Received.SEED).configured(), sent.withBody(json.getBytes(UTF_8)))
                        .cause()
                        .map(Cause::label))
                .contains("payload-alone");
    }

    @Test
    void explainsThatTheVerificationTokenIsNotTheSecret() {
        assertThat(explain("xyzz0WbapA4vBCDEFasx0q6G", signed(COMMAND)).cause().map(Cause::label))
                .contains("verification-token");
        assertThat(explain("XXYYZZ", signed(KIT.samples().get(0).body()))
                        .cause()
                        .map(Cause::label))
                .contains("verification-token");
        assertThat(explain("any other secret", signed(COMMAND)).cause().map(Cause::label))
                .isNotEqualTo(Optional.of("verification-token"));
    }

    @Test
    void hasATolerance() {
        assertThat(new SlackProvider().settings())
                .contains(EndpointSettings.TOLERANCE.withDefault(Duration.ofMinutes(5)));
    }
}
