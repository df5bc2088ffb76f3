package dev.hookseal.standardwebhooks;

import static dev.hookseal.fixture.Rejections.assertRejected;
import static dev.hookseal.request.RejectionReason.PAYLOAD_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MALFORMED;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISMATCH;
import static dev.hookseal.request.RejectionReason.SIGNATURE_MISSING;
import static dev.hookseal.request.RejectionReason.SIGNATURE_REPEATED;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_MALFORMED;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_MISSING;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_TOO_FAR_AHEAD;
import static dev.hookseal.request.RejectionReason.TIMESTAMP_TOO_OLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.fixture.Requests;
import dev.hookseal.fixture.Requests.Header;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksProviderTest {
    // published: the test of the specification's JavaScript library
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    // published: the Go test of the specification's pull request 253, with the public key of its private one
    private static final String PUBLIC_KEY = "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=";
    private static final String PRIVATE_KEY = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private static final String ASYMMETRIC_SIGNATURE =
            "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";

    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final StandardWebhooksProvider PROVIDER = new StandardWebhooksProvider();

    private final Map<String, String> headers = new LinkedHashMap<>(
            Map.of("webhook-id", ID, "webhook-timestamp", TIMESTAMP, "webhook-signature", SIGNATURE));

    private static EndpointSettings.Builder settings(String... secrets) {
        SigningSecret[] all =
                List.of(secrets).stream().map(SigningSecret::ofUtf8).toArray(SigningSecret[]::new);
        return EndpointSettings.builder("messages")
                .secrets(SecretSource.of(all))
                .clock(at(NOW));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static WebhookVerifier<StandardWebhooksEvent> verifier(String... secrets) {
        return WebhookVerifier.of(PROVIDER, settings(secrets).build());
    }

    private WebhookRequest request() {
        return request(BODY);
    }

    private WebhookRequest request(String body) {
        List<Header> list = new ArrayList<>();
        headers.forEach((name, value) -> list.add(new Header(name, value)));
        return Requests.post(list, body.getBytes(UTF_8));
    }

    private void assertIsRejected(RejectionReason reason) {
        assertRejected(verifier(SECRET), request(), reason);
    }

    @Test
    void takesThePublishedVector() throws Exception {
        VerifiedWebhook<StandardWebhooksEvent> webhook = verifier(SECRET).verify(request());

        assertThat(webhook.event().messageId()).isEqualTo(ID);
        assertThat(webhook.event().attemptedAt()).isEqualTo(NOW);
        assertThat(webhook.event().type()).isNull();
        assertThat(webhook.payload().asMap()).containsEntry("test", 2432232314L);
        assertThat(webhook.deliveryKey().value()).isEqualTo("messages:" + ID);
        assertThat(webhook.deliveryKey().retention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void takesThePublishedVectorOfAPublicKey() throws Exception {
        headers.put("webhook-signature", ASYMMETRIC_SIGNATURE);

        assertThat(verifier(PUBLIC_KEY).verify(request()).matchedSecret()).isZero();
        assertRejected(verifier(SECRET), request(), SIGNATURE_MISMATCH);
        assertThat(verifier(SECRET, PUBLIC_KEY).verify(request()).matchedSecret())
                .isEqualTo(1);
    }

    @Test
    void itsKitSignsAsThePublishedVectorsSay() {
        StandardWebhooksKit kit = new StandardWebhooksKit();
        UnsignedDelivery delivery = new UnsignedDelivery("POST", "", "", ID, NOW, BODY.getBytes(UTF_8));

        assertThat(kit.sign(delivery, SigningSecret.ofUtf8(SECRET))).containsAllEntriesOf(headers);
        assertThat(kit.sign(delivery, SigningSecret.ofUtf8(PRIVATE_KEY)))
                .containsEntry("webhook-signature", ASYMMETRIC_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void takesTheSecretAsSendersShowIt(String secret) throws Exception {
        assertThat(verifier(secret).verify(request()).matchedSecret()).isZero();
    }

    @Test
    void takesAnyOfSeveralSignaturesAndSkipsWhatItDoesNotKnow() throws Exception {
        for (String value : List.of(
                "v1,AAAA " + SIGNATURE,
                SIGNATURE + " v1,AAAA",
                "v2,xyz v1a,notbase64 " + SIGNATURE,
                "v1,47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= " + SIGNATURE,
                ASYMMETRIC_SIGNATURE + " " + SIGNATURE)) {
            headers.put("webhook-signature", value);
            assertThat(verifier(SECRET).verify(request()).matchedSecret()).isZero();
        }
    }

    @Test
    void takesSvixHeaders() throws Exception {
        headers.clear();
        headers.putAll(Map.of("svix-id", ID, "svix-timestamp", TIMESTAMP, "svix-signature", SIGNATURE));

        assertThat(verifier(SECRET).verify(request()).event().messageId()).isEqualTo(ID);
    }

    @Test
    void mixesNoHeadersOfTwoFamilies() {
        headers.remove("webhook-id");
        headers.put("svix-id", ID);

        assertIsRejected(SIGNATURE_MALFORMED);
    }

    @Test
    void rejectsWhatIsMissing() {
        headers.remove("webhook-signature");
        assertIsRejected(SIGNATURE_MISSING);
        headers.put("webhook-signature", SIGNATURE);
        headers.remove("webhook-timestamp");
        assertIsRejected(TIMESTAMP_MISSING);
        headers.put("webhook-timestamp", TIMESTAMP);
        headers.remove("webhook-id");
        assertIsRejected(SIGNATURE_MALFORMED);
    }

    @Test
    void rejectsASecondHeader() {
        for (String header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            List<Header> list = new ArrayList<>();
            headers.forEach((name, value) -> list.add(new Header(name, value)));
            list.add(new Header(header, headers.get(header)));
            assertRejected(
                    verifier(SECRET),
                    Requests.post(list, BODY.getBytes(UTF_8)),
                    switch (header) {
                        case "webhook-id" -> SIGNATURE_MALFORMED;
                        case "webhook-timestamp" -> TIMESTAMP_MALFORMED;
                        default -> SIGNATURE_REPEATED;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v1,AAAA", "AAAA", "v1;AAAA", "v2,AAAA", " ", "v1,=", "V1,g0hM9SsE"})
    void rejectsAHeaderWithoutAWellFormedSignature(String value) {
        headers.put("webhook-signature", value);
        assertIsRejected(SIGNATURE_MALFORMED);
    }

    // the message would have two readings
    @ParameterizedTest
    @ValueSource(strings = {"msg.1", ".", "msg_p5jXN8AQM9LWM0D4loKWxJek.", ""})
    void rejectsAnIdWithAFullStop(String id) {
        headers.put("webhook-id", id);
        assertIsRejected(SIGNATURE_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1614265330.", "1614265330abc", " 1614265330", "+1614265330", "-1", "1e9", "01614265330"})
    void rejectsATimestampThatIsNotANumber(String timestamp) {
        headers.put("webhook-timestamp", timestamp);
        assertIsRejected(TIMESTAMP_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false"})
    void hasFiveMinutesEitherWay(int seconds, boolean accepted) throws Exception {
        WebhookVerifier<StandardWebhooksEvent> verifier = WebhookVerifier.of(
                PROVIDER, settings(SECRET).clock(at(NOW.plusSeconds(seconds))).build());
        if (accepted) {
            assertThat(verifier.verify(request()).matchedSecret()).isZero();
        } else {
            assertRejected(verifier, request(), seconds > 0 ? TIMESTAMP_TOO_OLD : TIMESTAMP_TOO_FAR_AHEAD);
        }
    }

    @Test
    void hasNoReplayWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookVerifier.of(
                        PROVIDER,
                        settings(SECRET).replayWindow(Duration.ofDays(1)).build()))
                .withMessageContaining("hookseal.endpoints.messages.replay-window");
    }

    @Test
    void takesASecretAsItStandsIfAsked() throws Exception {
        StandardWebhooksKit kit = new StandardWebhooksKit();
        SigningSecret bytes = SigningSecret.ofUtf8(
                "whsec_" + java.util.Base64.getEncoder().encodeToString("plain text".getBytes(UTF_8)));
        headers.putAll(kit.sign(new UnsignedDelivery("POST", "", "", ID, NOW, BODY.getBytes(UTF_8)), bytes));

        WebhookVerifier<StandardWebhooksEvent> verifier = WebhookVerifier.of(
                PROVIDER,
                settings("plain text")
                        .set(StandardWebhooksProvider.SECRET_ENCODING, StandardWebhooksProvider.SecretEncoding.TEXT)
                        .build());

        assertThat(verifier.verify(request()).matchedSecret()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {PRIVATE_KEY, "whsec_", "whsec_not base64!", "whpk_AAAA"})
    void failsTheStartForASecretThatCannotBeOne(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier(secret))
                .withMessageContaining(
                        "hookseal.endpoints.messages.secret is not a secret of standard-webhooks: it is ")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("MfKQ9r8GKYqr", "VEVTVFNJR05J"));
    }

    @Test
    void hasTwoEncodingsOfSecrets() {
        assertThat(StandardWebhooksProvider.SECRET_ENCODING.type().choices()).containsExactly("base64", "text");
    }

    private StandardWebhooksEvent event(String body) throws Exception {
        return webhook(body).event();
    }

    private VerifiedWebhook<StandardWebhooksEvent> webhook(String body) throws Exception {
        headers.putAll(new StandardWebhooksKit()
                .sign(
                        new UnsignedDelivery("POST", "", "", ID, NOW, body.getBytes(UTF_8)),
                        SigningSecret.ofUtf8(SECRET)));
        return verifier(SECRET).verify(request(body));
    }

    @Test
    void readsTheRecommendedMembers() throws Exception {
        String body = new StandardWebhooksKit().samples().get(0).body();

        StandardWebhooksEvent event = event(body);

        assertThat(event.type()).isEqualTo("user.created");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2022-11-03T20:26:10.344522Z"));
        assertThat(event.data().asMap()).containsEntry("email", "user@example.com");
        assertThat(event.toJson().json()).isEqualTo(body);
        assertThat(webhook(body).eventName()).isEqualTo("user.created");
    }

    @Test
    void readsAnythingElseAsJson() throws Exception {
        for (String body : List.of("[1,2]", "\"text\"", "null", " {} ", "{\"type\":null}")) {
            StandardWebhooksEvent event = event(body);
            assertThat(event.type()).isNull();
            assertThat(event.data()).isNull();
            assertThat(event.toJson().json()).isEqualTo(body.strip());
        }
    }

    @Test
    void readsMembersOfAnotherKindLeniently() throws Exception {
        VerifiedWebhook<StandardWebhooksEvent> webhook =
                webhook("{\"type\":1,\"timestamp\":\"yesterday\",\"data\":[1]}");

        assertThat(webhook.event().type()).isNull();
        assertThat(webhook.event().timestamp()).isNull();
        assertThat(webhook.event().data().json()).isEqualTo("[1]");
        assertThat(webhook.unexpectedMembers()).containsExactlyInAnyOrder("type", "timestamp");
    }

    @Test
    void rejectsABodyThatIsNotJson() {
        headers.putAll(new StandardWebhooksKit()
                .sign(
                        new UnsignedDelivery("POST", "", "", ID, NOW, "a=b".getBytes(UTF_8)),
                        SigningSecret.ofUtf8(SECRET)));

        assertRejected(verifier(SECRET), request("a=b"), PAYLOAD_MALFORMED);
    }
}
