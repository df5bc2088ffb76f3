package dev.hookseal.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hookseal.VerifiedWebhook;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacProviderTest {
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");
    private static final String BODY = "{\"type\":\"order.paid\",\"id\":\"order-1\",\"sentAt\":1796029200}";
    private static final HmacProvider PROVIDER = new HmacProvider();

    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("signature-header", "X-Signature"));
    private final Map<String, List<String>> changed = new LinkedHashMap<>();
    private Instant signedAt = NOW;

    private EndpointSettings endpoint() {
        return Properties.of(settings, "secret", NOW);
    }

    private WebhookRequest request(String body) {
        ProviderKit kit = new HmacKit().withSettings(endpoint());
        Map<String, List<String>> headers = new LinkedHashMap<>();
        kit.sign(
                        new UnsignedDelivery("POST", "", "order.sent", "delivery-1", signedAt, body.getBytes(UTF_8)),
                        SigningSecret.ofUtf8("secret"))
                .forEach((name, value) -> headers.put(name, List.of(value)));
        headers.putAll(changed);
        return WebhookRequest.of("POST", headers, body.getBytes(UTF_8));
    }

    private VerifiedWebhook<HmacEvent> verified(String body) throws Exception {
        return WebhookVerifier.of(PROVIDER, endpoint()).verify(request(body));
    }

    private void assertRejected(RejectionReason reason, String body) {
        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(() -> verified(body))
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void coversTheBodyAndKnowsNothingElseUnlessTold() throws Exception {
        VerifiedWebhook<HmacEvent> webhook = verified(BODY);

        assertThat(webhook.coverage()).isEqualTo(Coverage.BODY);
        assertThat(webhook.eventName()).isEmpty();
        assertThat(webhook.deliveryKey()).isNull();
        HmacEvent event = webhook.event();
        assertThat(event.toJson().json()).isEqualTo(BODY);
        assertThat(event.eventName()).isNull();
        assertThat(event.unsignedEventName()).isNull();
        assertThat(event.id()).isNull();
        assertThat(event.unsignedId()).isNull();
        assertThat(event.time()).isNull();
        assertThat(event.unsignedTime()).isNull();
    }

    @Test
    void whatIsInTheBodyIsSigned() throws Exception {
        settings.put("event-pointer", "/type");
        settings.put("id-pointer", "/id");
        settings.put("timestamp-pointer", "/sentAt");
        settings.put("id-retention", "2d");

        VerifiedWebhook<HmacEvent> webhook = verified(BODY);

        assertThat(webhook.eventName()).isEqualTo("order.paid");
        assertThat(webhook.event().eventName()).isEqualTo("order.paid");
        assertThat(webhook.event().unsignedEventName()).isNull();
        assertThat(webhook.event().id()).isEqualTo("order-1");
        assertThat(webhook.event().unsignedId()).isNull();
        assertThat(webhook.event().time()).isEqualTo(NOW);
        assertThat(webhook.deliveryKey()).isNotNull();
        assertThat(webhook.deliveryKey().retention()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void whatIsInHeadersIsNotSignedAndMakesNoDeliveryKey() throws Exception {
        settings.put("event-header", "X-Event");
        settings.put("id-header", "X-Id");
        settings.put("timestamp-header", "X-Time");

        VerifiedWebhook<HmacEvent> webhook = verified(BODY);

        assertThat(webhook.eventName()).isEqualTo("order.sent");
        assertThat(webhook.event().unsignedEventName()).isEqualTo("order.sent");
        assertThat(webhook.event().eventName()).isNull();
        assertThat(webhook.event().unsignedId()).isEqualTo("delivery-1");
        assertThat(webhook.event().id()).isNull();
        assertThat(webhook.event().unsignedTime()).isEqualTo(NOW);
        assertThat(webhook.event().time()).isNull();
        assertThat(webhook.deliveryKey()).isNull();
        assertThat(webhook.unsignedHeaders()).containsOnlyKeys("X-Event", "X-Id", "X-Time");
    }

    @Test
    void whatTheTemplateCoversIsSigned() throws Exception {
        settings.put("id-header", "X-Id");
        settings.put("timestamp-header", "X-Time");
        settings.put("signed-content", "{id}.{timestamp}.{body}");

        VerifiedWebhook<HmacEvent> webhook = verified(BODY);

        assertThat(webhook.event().id()).isEqualTo("delivery-1");
        assertThat(webhook.event().unsignedId()).isNull();
        assertThat(webhook.event().time()).isEqualTo(NOW);
        assertThat(webhook.event().unsignedTime()).isNull();
        assertThat(webhook.deliveryKey()).isNotNull();
        assertThat(webhook.unsignedHeaders()).isEmpty();
    }

    @Test
    void anUnsignedIdMakesADeliveryKeyOnlyIfThatIsTrusted() throws Exception {
        settings.put("id-header", "X-Id");
        settings.put("trust-unsigned-id", "true");

        VerifiedWebhook<HmacEvent> webhook = verified(BODY);

        assertThat(webhook.deliveryKey()).isNotNull();
        assertThat(webhook.event().unsignedId()).isEqualTo("delivery-1");
        assertThat(webhook.event().id()).isNull();
    }

    @Test
    void contentWithoutAnIdIsADuplicateWithinTheRepeatWindow() throws Exception {
        settings.put("repeat-window", "1m");

        assertThat(verified(BODY).deliveryKey()).isEqualTo(verified(BODY).deliveryKey());
        assertThat(verified(BODY).deliveryKey()).isNotEqualTo(verified("{}").deliveryKey());
    }

    @Test
    void aSignedTimeIsHeldToFiveMinutesUnlessSet() throws Exception {
        settings.put("timestamp-header", "X-Time");
        settings.put("signed-content", "{timestamp}.{body}");
        signedAt = NOW.minus(Duration.ofMinutes(5));
        assertThat(verified(BODY)).isNotNull();

        signedAt = NOW.minus(Duration.ofSeconds(301));
        assertRejected(RejectionReason.TIMESTAMP_TOO_OLD, BODY);
        signedAt = NOW.plus(Duration.ofSeconds(301));
        assertRejected(RejectionReason.TIMESTAMP_TOO_FAR_AHEAD, BODY);

        settings.put("tolerance", "10m");
        assertThat(verified(BODY)).isNotNull();
    }

    @Test
    void aTimeInTheBodyIsHeldToTheToleranceAsWell() {
        settings.put("timestamp-pointer", "/sentAt");

        assertRejected(RejectionReason.TIMESTAMP_TOO_OLD, "{\"sentAt\":1796028800}");
        assertRejected(RejectionReason.TIMESTAMP_MISSING, "{}");
        assertRejected(RejectionReason.TIMESTAMP_MISSING, "{\"sentAt\":null}");
        assertRejected(RejectionReason.TIMESTAMP_MALFORMED, "{\"sentAt\":\"today\"}");
        assertRejected(RejectionReason.PAYLOAD_MALFORMED, "{\"sentAt\":");
    }

    @Test
    void anUnsignedTimeIsCheckedOnlyWithATolerance() throws Exception {
        settings.put("timestamp-header", "X-Time");
        signedAt = NOW.minus(Duration.ofDays(1));
        assertThat(verified(BODY)).isNotNull();

        settings.put("tolerance", "10m");
        assertRejected(RejectionReason.TIMESTAMP_TOO_OLD, BODY);
        changed.put("X-Time", List.of());
        assertRejected(RejectionReason.TIMESTAMP_MISSING, BODY);
    }

    @Test
    void anUnsignedTimeThatIsNotOneIsNull() throws Exception {
        settings.put("timestamp-header", "X-Time");
        changed.put("X-Time", List.of("soon"));

        assertThat(verified(BODY).event().unsignedTime()).isNull();
    }

    @Test
    void headersThatOccurTwiceAreNoValue() throws Exception {
        settings.put("event-header", "X-Event");
        changed.put("X-Event", List.of("a", "b"));

        assertThat(verified(BODY).event().unsignedEventName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "a=1&b=2", "{", "{}{}", "\u00ff\u0000"})
    void rejectsABodyThatIsNotJson(String body) {
        assertRejected(RejectionReason.PAYLOAD_MALFORMED, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", " \"text\" ", "null", "true"})
    void rejectsJsonThatIsNeitherAnObjectNorAnArray(String body) {
        assertRejected(RejectionReason.PAYLOAD_UNEXPECTED, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [{\"type\":\"a\"}]", "\n{}"})
    void takesObjectsAndArrays(String body) throws Exception {
        assertThat(verified(body).event().toJson().json()).isEqualTo(body.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1&b=2", "<xml attribute=\"\u00e9\"/>", "{\"not\": read}", "line\nline"})
    void takesAnyTextIfTheBodyIsText(String body) throws Exception {
        settings.put("body-format", "text");

        VerifiedWebhook<HmacEvent> webhook = verified(body);

        assertThat(webhook.event().toJson().as(String.class)).isEqualTo(body);
        assertThat(webhook.signedBytes()).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void rejectsTextThatIsNotUtf8() {
        settings.put("body-format", "text");
        byte[] body = {'a', (byte) 0xff};
        Map<String, List<String>> headers = new LinkedHashMap<>();
        new HmacKit()
                .withSettings(endpoint())
                .sign(new UnsignedDelivery("POST", "", "", "", NOW, body), SigningSecret.ofUtf8("secret"))
                .forEach((name, value) -> headers.put(name, List.of(value)));

        assertThatExceptionOfType(WebhookRejectedException.class)
                .isThrownBy(
                        () -> WebhookVerifier.of(PROVIDER, endpoint()).verify(WebhookRequest.of("POST", headers, body)))
                .extracting(WebhookRejectedException::reason)
                .isEqualTo(RejectionReason.PAYLOAD_MALFORMED);
    }

    @Test
    void aPartThatIsNotWhereTheSettingsSayIsReported() throws Exception {
        settings.put("event-pointer", "/kind");
        settings.put("id-pointer", "/type");

        assertThat(verified(BODY).unexpectedMembers()).containsExactly("event-pointer");
        assertThat(verified(BODY).event().eventName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "", "a.b."})
    void rejectsAnIdWithTheCharacterBesideIt(String id) {
        settings.put("id-header", "X-Id");
        settings.put("signed-content", "{id}.{body}");
        changed.put("X-Id", List.of(id));

        assertRejected(RejectionReason.SIGNATURE_MALFORMED, BODY);
    }

    @Test
    void readsWhatWasStoredAsTheSame() throws Exception {
        settings.put("event-header", "X-Event");
        settings.put("id-header", "X-Id");
        settings.put("timestamp-header", "X-Time");
        settings.put("signed-content", "{timestamp}.{body}");
        settings.put("trust-unsigned-id", "true");
        WebhookVerifier<HmacEvent> verifier = WebhookVerifier.of(PROVIDER, endpoint());
        VerifiedWebhook<HmacEvent> webhook = verifier.verify(request(BODY));

        VerifiedWebhook<HmacEvent> restored =
                verifier.read(SignedContent.ofStored(webhook.signedContent().toStored()));

        assertThat(restored.event()).isEqualTo(webhook.event());
        assertThat(restored.event().unsignedId()).isEqualTo("delivery-1");
        assertThat(restored.event().time()).isEqualTo(NOW);
        assertThat(restored.deliveryKey()).isEqualTo(webhook.deliveryKey());
        assertThat(restored.eventName()).isEqualTo("order.sent");
    }

    @Test
    void readsWhatWasStoredWithASignedIdAsTheSame() throws Exception {
        settings.put("id-header", "X-Id");
        settings.put("signed-content", "{body}.{id}");
        settings.put("body-format", "text");
        WebhookVerifier<HmacEvent> verifier = WebhookVerifier.of(PROVIDER, endpoint());
        VerifiedWebhook<HmacEvent> webhook = verifier.verify(request("text"));

        VerifiedWebhook<HmacEvent> restored =
                verifier.read(SignedContent.ofStored(webhook.signedContent().toStored()));

        assertThat(restored.event()).isEqualTo(webhook.event());
        assertThat(restored.event().id()).isEqualTo("delivery-1");
        assertThat(restored.deliveryKey()).isEqualTo(webhook.deliveryKey());
    }

    @Test
    void decodesSecrets() throws Exception {
        settings.put("secret-prefix", "sk_");
        settings.put("secret-encoding", "base64");
        EndpointSettings decoded = Properties.of(settings, "sk_c2VjcmV0", NOW);
        settings.remove("secret-prefix");
        settings.remove("secret-encoding");

        assertThat(WebhookVerifier.of(PROVIDER, decoded).verify(request(BODY))).isNotNull();
        settings.put("secret-encoding", "hex");
        EndpointSettings hex = Properties.of(settings, "736563726574", NOW);
        settings.remove("secret-encoding");
        assertThat(WebhookVerifier.of(PROVIDER, hex).verify(request(BODY))).isNotNull();
    }
}
