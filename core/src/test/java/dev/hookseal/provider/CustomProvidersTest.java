package dev.hookseal.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookEvent;
import dev.hookseal.config.EndpointProperties;
import dev.hookseal.config.EndpointRegistry;
import dev.hookseal.fixture.provider.BankProvider;
import dev.hookseal.fixture.provider.ChatProvider;
import dev.hookseal.fixture.provider.CrmProvider;
import dev.hookseal.fixture.provider.DoorbellProvider;
import dev.hookseal.fixture.provider.HubProvider;
import dev.hookseal.fixture.provider.KeyringProvider;
import dev.hookseal.fixture.provider.LedgerProvider;
import dev.hookseal.fixture.provider.MailProvider;
import dev.hookseal.fixture.provider.PaymentsProvider;
import dev.hookseal.fixture.provider.SocialProvider;
import dev.hookseal.fixture.provider.VideoProvider;
import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.receive.Decision;
import dev.hookseal.receive.WebhookReceiver;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.request.WebhookResponse;
import dev.hookseal.signature.Coverage;
import dev.hookseal.signature.SignedContent;
import dev.hookseal.signature.SigningSecret;
import dev.hookseal.store.InMemoryDeliveryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each ability of the SPI, with deliveries that Node.js signed; see make-custom-provider-vectors.mjs. */
class CustomProvidersTest {
    private static final JsonNode FILE = read();
    private static final Instant NOW = Instant.parse(FILE.required("now").textValue());
    private static final String BODY = FILE.required("body").textValue();
    private static final List<WebhookProvider<?>> PROVIDERS = List.of(
            new HubProvider(),
            new PaymentsProvider(),
            new CrmProvider(),
            new VideoProvider(),
            new SocialProvider(),
            new ChatProvider(),
            new MailProvider(),
            new BankProvider(),
            new LedgerProvider(),
            new KeyringProvider(),
            new DoorbellProvider());

    private final List<DeliveryOutcome> outcomes = new ArrayList<>();

    private static JsonNode read() {
        try (InputStream in = CustomProvidersTest.class.getResourceAsStream("/vectors/custom-providers.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> providers() {
        return StreamSupport.stream(FILE.required("vectors").spliterator(), false)
                .map(vector -> vector.required("provider").textValue());
    }

    static Stream<String> thoseThatSign() {
        return providers().filter(provider -> !provider.equals("doorbell"));
    }

    private static JsonNode vector(String provider) {
        return StreamSupport.stream(FILE.required("vectors").spliterator(), false)
                .filter(vector -> vector.required("provider").textValue().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private WebhookReceiver<?> receiver(String provider) {
        return receiver(provider, Map.of(), NOW);
    }

    private WebhookReceiver<?> receiver(String provider, Map<String, ?> more, Instant now) {
        Map<String, Object> properties = new LinkedHashMap<>();
        JsonNode vector = vector(provider);
        vector.path("settings")
                .properties()
                .forEach(each -> properties.put(each.getKey(), each.getValue().textValue()));
        if (vector.has("secret")) {
            properties.put("secret", vector.get("secret").textValue());
        } else {
            Map<String, String> secrets = new LinkedHashMap<>();
            vector.required("secrets")
                    .properties()
                    .forEach(each -> secrets.put(each.getKey(), each.getValue().textValue()));
            properties.put("secrets", secrets);
        }
        properties.putAll(more);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        EndpointRegistry registry = EndpointRegistry.builder(Map.of(provider, EndpointProperties.of(properties)))
                .providers(PROVIDERS)
                .store(new InMemoryDeliveryStore(clock))
                .clock(clock)
                .observers(List.of(outcomes::add))
                .build();
        return Objects.requireNonNull(registry.receivers().get(provider));
    }

    private static Map<String, List<String>> headers(String provider) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        vector(provider)
                .required("headers")
                .properties()
                .forEach(each ->
                        headers.put(each.getKey(), List.of(each.getValue().textValue())));
        return headers;
    }

    private static WebhookRequest request(String provider) {
        return request("POST", query(provider), headers(provider), BODY);
    }

    private static @Nullable String query(String provider) {
        String url = vector(provider).path("url").asText("");
        int at = url.indexOf('?');
        return at < 0 ? null : url.substring(at + 1);
    }

    private static WebhookRequest request(
            String method, @Nullable String query, Map<String, List<String>> headers, String body) {
        WebhookRequest plain = WebhookRequest.of(method, headers, body.getBytes(UTF_8));
        return new WebhookRequest() {
            @Override
            public String method() {
                return plain.method();
            }

            @Override
            public @Nullable String rawQuery() {
                return query;
            }

            @Override
            public List<String> headers(String name) {
                return plain.headers(name);
            }

            @Override
            public byte[] body() {
                return body.getBytes(UTF_8);
            }
        };
    }

    private static VerifiedWebhook<?> admitted(Decision<?> decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted<?>) decision).delivery().webhook();
    }

    private static WebhookResponse answered(Decision<?> decision) {
        assertThat(decision).isInstanceOf(Decision.Answered.class);
        return ((Decision.Answered<?>) decision).response();
    }

    private RejectionReason reason(Decision<?> decision) {
        answered(decision);
        return ((DeliveryOutcome.Rejected) outcomes.get(outcomes.size() - 1)).reason();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void takesWhatNodeSigned(String provider) {
        VerifiedWebhook<?> webhook = admitted(receiver(provider).receive(request(provider)));

        assertThat(webhook.eventName()).isEqualTo("order.paid");
        assertThat(((WebhookEvent) webhook.event()).toJson().json()).isEqualTo(BODY);
    }

    @ParameterizedTest
    @MethodSource("thoseThatSign")
    void rejectsAnotherBody(String provider) {
        WebhookRequest tampered = request("POST", query(provider), headers(provider), BODY.replace("evt_1", "evt_2"));

        assertThat(reason(receiver(provider).receive(tampered))).isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void rejectsWithoutItsHeaders(String provider) {
        assertThat(reason(receiver(provider).receive(request("POST", query(provider), Map.of(), BODY))))
                .isEqualTo(RejectionReason.SIGNATURE_MISSING);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void readsItAgainFromWhatWasStored(String provider) throws Exception {
        WebhookReceiver<?> receiver = receiver(provider);
        VerifiedWebhook<?> webhook = admitted(receiver.receive(request(provider)));

        assertThat(receiver.restore(
                        SignedContent.ofStored(webhook.signedContent().toStored())))
                .isEqualTo(webhook);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payments", "crm", "video"})
    void checksASignedTime(String provider) {
        for (int seconds : List.of(-300, 300)) {
            admitted(receiver(provider, Map.of(), NOW.plusSeconds(seconds)).receive(request(provider)));
        }
        assertThat(reason(receiver(provider, Map.of(), NOW.plusSeconds(301)).receive(request(provider))))
                .isEqualTo(RejectionReason.TIMESTAMP_TOO_OLD);
        assertThat(reason(receiver(provider, Map.of(), NOW.minusSeconds(301)).receive(request(provider))))
                .isEqualTo(RejectionReason.TIMESTAMP_TOO_FAR_AHEAD);
        admitted(receiver(provider, Map.of("tolerance", "1h"), NOW.plusSeconds(3600))
                .receive(request(provider)));
    }

    @Test
    void namesUnsignedHeadersSoAndMakesNoKeyOfThem() {
        VerifiedWebhook<?> webhook = admitted(receiver("hub").receive(request("hub")));

        assertThat(webhook.unsignedHeaders()).containsEntry("hub-delivery", List.of("1"));
        assertThat(webhook.deliveryKey()).isNull();
    }

    @Test
    void takesTheUrlFromTheConfigurationAndTheQueryFromTheRequest() {
        Map<String, List<String>> headers = headers("crm");
        headers.put("Host", List.of("evil.example.com"));
        headers.put("X-Forwarded-Proto", List.of("http"));

        admitted(receiver("crm").receive(request("POST", "tenant=a%2Fb", headers, BODY)));
        for (String query : List.of("tenant=a/b", "tenant=a%2fb", "tenant=a%2Fb&x=1", "")) {
            assertThat(reason(receiver("crm").receive(request("POST", query, headers, BODY))))
                    .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
        }
        assertThat(reason(receiver("crm", Map.of("public-url", "https://hooks.example.com/other"), NOW)
                        .receive(request("crm"))))
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    @Test
    void failsTheStartWithoutTheUrlThatIsSigned() {
        Map<String, Object> properties = Map.of("secret", "s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointRegistry.builder(Map.of("crm", EndpointProperties.of(properties)))
                        .providers(PROVIDERS)
                        .store(new InMemoryDeliveryStore(Clock.systemUTC()))
                        .clock(Clock.systemUTC())
                        .build())
                .withMessageStartingWith("hookseal.endpoints.crm.public-url is not set");
        for (String wrong :
                List.of("hooks.example.com", "ftp://example.com/", "https://example.com/?a=b", "https:///x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> receiver("crm", Map.of("public-url", wrong), NOW))
                    .withMessageContaining("hookseal.endpoints.crm.public-url");
        }
    }

    @Test
    void takesEitherOfTwoHeadersAndNoneTwice() {
        Map<String, List<String>> headers = headers("ledger");
        headers.remove("Ledger-Signature-Primary");
        admitted(receiver("ledger").receive(request("POST", null, headers, BODY)));

        headers.put("Ledger-Signature-Primary", headers.remove("Ledger-Signature-Secondary"));
        admitted(receiver("ledger").receive(request("POST", null, headers, BODY)));

        String signature = headers.get("Ledger-Signature-Primary").get(0);
        headers.put("Ledger-Signature-Primary", List.of(signature, signature));
        assertThat(reason(receiver("ledger").receive(request("POST", null, headers, BODY))))
                .isEqualTo(RejectionReason.SIGNATURE_REPEATED);
    }

    @Test
    void failsTheStartForASecretThatCannotBeDecoded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver("ledger", Map.of("secret", "not hex"), NOW))
                .withMessage(
                        "hookseal.endpoints.ledger.secret is not a secret of ledger: it is not hex: copy the key as"
                                + " the dashboard shows it");
        for (String provider : List.of("chat", "mail", "bank")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> receiver(provider, Map.of("secret", "no key"), NOW))
                    .withMessageContaining("is not a secret of " + provider + ": it is not a public key for ");
        }
    }

    @Test
    void choosesTheSecretByTheIdOfItsKey() {
        Map<String, List<String>> headers = headers("keyring");
        headers.put("Keyring-Key", List.of("one"));
        assertThat(reason(receiver("keyring").receive(request("POST", null, headers, BODY))))
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);

        for (List<String> ids : List.of(List.of("three"), List.<String>of(), List.of("two", "two"))) {
            headers.put("Keyring-Key", ids);
            assertThat(reason(receiver("keyring").receive(request("POST", null, headers, BODY))))
                    .isEqualTo(RejectionReason.SECRET_MISSING);
        }
    }

    @Test
    void saysThatATokenCoversNothing() {
        Map<String, List<String>> headers = headers("doorbell");
        VerifiedWebhook<?> webhook =
                admitted(receiver("doorbell").receive(request("POST", null, headers, BODY.replace("evt_1", "evt_2"))));

        assertThat(webhook.coverage()).isEqualTo(Coverage.NOTHING);
        assertThat(webhook.deliveryKey()).isNull();
        headers.put("Doorbell-Token", List.of("ding"));
        assertThat(reason(receiver("doorbell").receive(request("POST", null, headers, BODY))))
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    @Test
    void rejectsASettingThatTheProviderDoesNotHave() {
        for (String setting : List.of("tolerance", "replay-window", "repeat-window", "id-retention", "public-url")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> receiver("hub", Map.of(setting, "1h"), NOW))
                    .withMessageContaining(
                            "hookseal.endpoints.hub." + setting + " is not a setting of the provider hub");
        }
    }

    private Decision<?> challenge(String method, @Nullable String query) {
        return receiver("social").receive(request(method, query, Map.of(), ""));
    }

    @Test
    void answersAChallengeInItsShapeAlone() {
        WebhookResponse reply = answered(challenge("GET", "mode=subscribe&verify_token=token&challenge=1158201444"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("1158201444");
        assertThat(reply.headers())
                .containsEntry("Content-Type", "text/plain;charset=US-ASCII")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(outcomes).hasOnlyElementsOfType(DeliveryOutcome.Handshake.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "challenge=1",
                "mode=unsubscribe&verify_token=token&challenge=1",
                "mode=subscribe&verify_token=token",
                "mode=subscribe&verify_token=token&challenge=1&challenge=2"
            })
    void answersAnythingElseWith405(String query) {
        WebhookResponse answer = answered(challenge("GET", query));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "POST, GET");
    }

    @Test
    void rejectsAChallengeWithAnotherToken() {
        for (String token : List.of("", "toke", "tokens", "TOKEN")) {
            assertThat(answered(challenge("GET", "mode=subscribe&challenge=1&verify_token=" + token))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(answered(challenge("HEAD", "mode=subscribe&verify_token=token&challenge=1"))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void echoesNothingThatABrowserCouldRender() {
        for (String challenge : List.of("%3Cscript%3E", "a%20b", "%00", "%E2%80%A8", "x".repeat(1025), "")) {
            WebhookResponse answer =
                    answered(challenge("GET", "mode=subscribe&verify_token=token&challenge=" + challenge));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("script", "xxx");
        }
    }

    @Test
    void answersAVerifiedHandshakeWithAMacOfTheKeyThatMatched() throws Exception {
        String body = "{\"type\":\"endpoint.url_validation\",\"token\":\"qgg8vlvZRS6UYooatFL8Aw\"}";
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Video-Time", List.of(NOW.toString()));
        headers.put("Video-Signature", List.of("v0=" + hmac("v0:" + NOW + ":" + body)));

        WebhookResponse reply = answered(receiver("video").receive(request("POST", null, headers, body)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(reply.body()))
                .isEqualTo(new ObjectMapper()
                        .createObjectNode()
                        .put("hash", hmac("qgg8vlvZRS6UYooatFL8Aw"))
                        .put("token", "qgg8vlvZRS6UYooatFL8Aw"));
        assertThat(outcomes).hasOnlyElementsOfType(DeliveryOutcome.Handshake.class);

        WebhookReceiver<?> later = receiver("video", Map.of(), NOW.plusSeconds(301));
        assertThat(reason(later.receive(request("POST", null, headers, body))))
                .isEqualTo(RejectionReason.TIMESTAMP_TOO_OLD);

        headers.put("Video-Signature", List.of("v0=" + "0".repeat(128)));
        assertThat(reason(receiver("video").receive(request("POST", null, headers, body))))
                .isEqualTo(RejectionReason.SIGNATURE_MISMATCH);
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec("video-secret".getBytes(UTF_8), "HmacSHA512"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }

    @Test
    void identifiesADeliveryByTheApplicationsFunction() {
        PaymentsProvider provider = new PaymentsProvider();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        EndpointSettings settings = EndpointSettings.builder("payments")
                .secret(SigningSecret.ofUtf8(vector("payments").get("secret").textValue()))
                .clock(clock)
                .build();
        WebhookReceiver<PaymentsProvider.Event> receiver = WebhookReceiver.builder(provider, settings)
                .deliveryId(webhook -> webhook.event().type() + "/own", Duration.ofDays(1))
                .build();

        Decision.Admitted<PaymentsProvider.Event> first =
                (Decision.Admitted<PaymentsProvider.Event>) receiver.receive(request("payments"));

        assertThat(first.delivery().webhook().deliveryKey().value()).isEqualTo("payments:order.paid/own");
        first.delivery().answered(200);
        assertThat(answered(receiver.receive(request("payments"))).status()).isEqualTo(200);
    }
}
