package dev.hookseal.square;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.diagnostics.Cause;
import dev.hookseal.diagnostics.SignatureExplainer;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.received.Received;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SecretSource;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.testkit.SignedDelivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SquareProviderTest {
    // published: the tests of Square's SDKs for Java, Node, PHP, Python and Ruby
    private static final String KEY = "Ibxx_5AKakO-3qeNVR61Dw";
    private static final String URL = "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9";
    private static final String SIGNATURE = "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=";
    private static final Instant CREATED = Instant.parse("2022-07-13T20:30:59.037339943Z");

    private static final SquareKit KIT = new SquareKit();
    private static final String BODY = KIT.samples().get(2).body();
    private static final SecretSource TEST_SECRET =
            SecretSource.of(KIT.newSecret(Received.SEED).signing());

    private static Received<SquareEvent> published(Instant now, String url) {
        return Received.by(
                KIT,
                new SquareProvider(),
                at(now),
                settings ->
                        settings.secret(SigningSecret.ofUtf8(KEY)).set(EndpointSettings.PUBLIC_URL, URI.create(url)));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static WebhookRequest request(String signature) {
        return WebhookRequest.of(
                "POST", Map.of("x-square-hmacsha256-signature", List.of(signature)), BODY.getBytes(UTF_8));
    }

    private static Received<SquareEvent> received() {
        return Received.by(KIT, new SquareProvider(), at(CREATED), settings -> {});
    }

    private static SignedDelivery signed(String body) {
        return signedFor(Received.PUBLIC_URL.toString(), body);
    }

    private static SignedDelivery signedFor(String url, String body) {
        return SignedDelivery.of(
                KIT, new UnsignedDelivery("POST", url, "", "", CREATED, body.getBytes(UTF_8)), TEST_SECRET);
    }

    @Test
    void takesThePublishedNotification() {
        Received<SquareEvent> received = published(CREATED, URL);

        assertThat(received.outcome(request(SIGNATURE))).isEqualTo("handled");

        SquareEvent event = received.last().event();
        assertThat(event.eventId()).isEqualTo("ac3ac95b-f97d-458c-a6e6-18981597e05f");
        assertThat(event.type()).isEqualTo("webhooks.test_notification");
        assertThat(event.merchantId()).isEqualTo("MLEFBHHSJGVHD");
        assertThat(event.locationId()).isNull();
        assertThat(event.createdAt()).isEqualTo(CREATED);
        assertThat(event.dataType()).isEqualTo("webhooks");
        assertThat(event.dataId()).isEqualTo("bc368e64-01aa-407e-b46e-3231809b1129");
        assertThat(event.data().json()).startsWith("{\"type\":\"webhooks\"");
        assertThat(event.toJson().json()).isEqualTo(BODY);
        assertThat(event.as(Notification.class).data().id()).isEqualTo(event.dataId());
        assertThat(received.last().deliveryKey().value()).isEqualTo("square:" + event.eventId());
    }

    record Notification(Data data) {
        record Data(String id) {}
    }

    @Test
    void itsKitSignsAsThePublishedNotificationIs() {
        UnsignedDelivery delivery = new UnsignedDelivery("POST", URL, "", "", CREATED, BODY.getBytes(UTF_8));

        assertThat(KIT.sign(delivery, SigningSecret.ofUtf8(KEY)))
                .containsEntry("x-square-hmacsha256-signature", SIGNATURE);
    }

    // square/square-go-sdk#24, hookdeck/webhook-skills#176
    @ParameterizedTest
    @ValueSource(
            strings = {
                "185e1892b2601810d9f4d2186cd5c19cccea6f61e82f8456fd2eaf919f7fd8de",
                "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4",
                "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW_S6vkZ9_2N4=",
                "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N5=",
                "",
            })
    void rejectsASignatureInAnotherSpelling(String signature) {
        assertThat(published(CREATED, URL).outcome(request(signature))).isEqualTo("signature-malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9/",
                "http://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
                "https://webhook.site:443/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
                "https://www.webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
            })
    void signsTheUrlAsItIsRegistered(String url) {
        assertThat(published(CREATED, url).outcome(request(SIGNATURE))).isEqualTo("signature-mismatch");
    }

    @ParameterizedTest
    @CsvSource({"tenant=a%2Fb, handled", "tenant=a/b, signature-mismatch", "'', signature-mismatch"})
    void signsTheQueryThatTheRequestHas(String query, String outcome) {
        SignedDelivery signed = signedFor(Received.PUBLIC_URL + "?tenant=a%2Fb", BODY);

        assertThat(received().outcome(WebhookRequest.of("POST", query, signed.headers(), signed.body())))
                .isEqualTo(outcome);
    }

    @Test
    void failsTheStartWithoutAPublicUrl() {
        assertThatThrownBy(() -> WebhookVerifier.of(
                        new SquareProvider(),
                        EndpointSettings.builder("shop")
                                .secret(SigningSecret.ofUtf8(KEY))
                                .build()))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.shop.public-url is not set, and this sender signs the URL");
    }

    // a retry comes up to 24 hours later, and by older pages up to 72
    @ParameterizedTest
    @CsvSource({
        "P7DT0.001S, event-too-old",
        "P7D, handled",
        "PT72H, handled",
        "PT0S, handled",
        "-PT5M, handled",
        "-PT5M0.001S, event-too-far-ahead",
    })
    void acceptsAnEventForTheReplayWindow(Duration age, String outcome) {
        assertThat(published(CREATED.plus(age), URL).outcome(request(SIGNATURE)))
                .isEqualTo(outcome);
    }

    @Test
    void remembersAnIdForLongerThanItAcceptsTheEvent() {
        Received<SquareEvent> received = published(CREATED, URL);

        assertThat(received.outcome(request(SIGNATURE))).isEqualTo("handled");
        assertThat(received.outcome(request(SIGNATURE))).isEqualTo("duplicate");
        assertThat(received.last().deliveryKey().retention())
                .isGreaterThan(Duration.ofDays(7).plusMinutes(5));
    }

    @Test
    void readsMembersOfAnotherKindLeniently() {
        Received<SquareEvent> received = received();
        String body = "{\"event_id\":\"1\",\"type\":\"a.b\",\"merchant_id\":1,\"location_id\":null,"
                + "\"created_at\":\"yesterday\",\"data\":{\"type\":[],\"id\":7}}";

        assertThat(received.outcome(signed(body))).isEqualTo("handled");

        VerifiedWebhook<SquareEvent> webhook = received.last();
        assertThat(webhook.event().merchantId()).isNull();
        assertThat(webhook.event().createdAt()).isNull();
        assertThat(webhook.event().dataType()).isNull();
        assertThat(webhook.event().data().json()).isEqualTo("{\"type\":[],\"id\":7}");
        assertThat(webhook.unexpectedMembers())
                .containsExactlyInAnyOrder("merchant_id", "created_at", "data.type", "data.id");
    }

    @Test
    void readsAnEventWithoutData() {
        Received<SquareEvent> received = received();
        received.outcome(signed("{\"event_id\":\"1\",\"type\":\"a.b\",\"data\":\"text\"}"));

        assertThat(received.last().event().data()).isNull();
        assertThat(received.last().event().dataId()).isNull();
        assertThat(received.last().unexpectedMembers()).containsExactly("data");
    }

    @Test
    void readsATimeWithAnOffset() {
        Received<SquareEvent> received = received();
        received.outcome(
                signed("{\"event_id\":\"1\",\"type\":\"a\",\"created_at\":\"2022-07-13T12:30:59.037339943-08:00\"}"));

        assertThat(received.last().event().createdAt()).isEqualTo(CREATED);
    }

    @ParameterizedTest
    @CsvSource({
        "'', payload-malformed",
        "a=b, payload-malformed",
        "{\"event_id\":\"1\", payload-malformed",
        "[], payload-unexpected",
        "{\"hello\":\"world\"}, payload-unexpected",
        "{\"type\":\"a\"}, payload-unexpected",
        "'{\"type\":\"a\",\"event_id\":1}', payload-unexpected",
        "{\"event_id\":\"1\"}, payload-unexpected",
    })
    void rejectsABodyThatSquareCannotHaveSent(String body, String reason) {
        assertThat(received().outcome(signed(body))).isEqualTo(reason);
        assertThat(received().status(signed(body))).isEqualTo(400);
    }

    @Test
    void givesTheEnvironmentAndTheRetryAsUnsigned() {
        Received<SquareEvent> received = received();
        received.outcome(signed(BODY).withHeader("square-retry-number", "1"));

        assertThat(received.last().unsignedHeaders())
                .containsEntry("square-environment", List.of("Sandbox"))
                .containsEntry("square-retry-number", List.of("1"));
    }

    @Test
    void explainsAKeyThatWasDecoded() {
        SignedDelivery sent = SignedDelivery.of(
                KIT,
                new UnsignedDelivery("POST", URL, "", "", CREATED, BODY.getBytes(UTF_8)),
                SecretSource.of(SigningSecret.ofBytes(Base64.getUrlDecoder().decode(KEY))));

        assertThat(explainer(URL).explain(sent).cause()).contains(Cause.SECRET_DECODED);
    }

    private static SignatureExplainer explainer(String url) {
        return SignatureExplainer.of(KIT)
                .withClock(at(CREATED))
                .withSetting("public-url", url)
                .withSecret(KEY);
    }
}
