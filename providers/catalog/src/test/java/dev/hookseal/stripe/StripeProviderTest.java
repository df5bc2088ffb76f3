package dev.hookseal.stripe;

import static dev.hookseal.Delivered.NOW;
import static dev.hookseal.Delivered.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.SetupIntent;
import com.stripe.net.ApiMode;
import com.stripe.net.Webhook;
import dev.hookseal.Delivered;
import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.SampleEvent;
import dev.hookseal.provider.WebhookVerifier;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.signature.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeProviderTest {
    private static final StripeKit KIT = new StripeKit();
    private static final StripeProvider PROVIDER = new StripeProvider();
    private static final SampleEvent SNAPSHOT = KIT.samples().get(0);
    private static final SampleEvent THIN = KIT.samples().get(3);

    private static Delivered delivered(SampleEvent sample) {
        return Delivered.by(KIT, sample.name(), sample.body());
    }

    private static void assertRejected(Delivered delivered, RejectionReason reason) {
        assertThatThrownBy(() -> delivered.verified(PROVIDER))
                .isInstanceOfSatisfying(
                        WebhookRejectedException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }

    @Test
    void readsASnapshot() throws Exception {
        VerifiedWebhook<StripeEvent> webhook = delivered(SNAPSHOT).verified(PROVIDER);
        StripeEvent event = webhook.event();

        assertThat(event.id()).isEqualTo("evt_1NG8Du2eZvKYlo2CUI79vXWy");
        assertThat(event.type()).isEqualTo("setup_intent.created").isEqualTo(webhook.eventName());
        assertThat(event.isThin()).isFalse();
        assertThat(event.created()).isEqualTo(Instant.ofEpochSecond(1686089970));
        assertThat(event.livemode()).isFalse();
        assertThat(event.apiVersion()).isEqualTo("2019-02-19");
        assertThat(event.account()).isNull();
        assertThat(event.data().text("/object/object")).contains("setup_intent");
        assertThat(event.relatedObject()).isNull();
        assertThat(webhook.deliveryKey().value()).isEqualTo("orders:evt_1NG8Du2eZvKYlo2CUI79vXWy");
        assertThat(webhook.deliveryKey().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(webhook.signedContent().signedAt()).isEqualTo(NOW);
    }

    @Test
    void handlesARetryOnceThoughItsTimeAndSignatureAreNew() {
        Delivered retry = Delivered.by(KIT, SNAPSHOT.name(), SNAPSHOT.body(), NOW.plusSeconds(60));

        assertThat(retry.header("Stripe-Signature"))
                .isNotEqualTo(delivered(SNAPSHOT).header("Stripe-Signature"));
        assertThat(Delivered.received(PROVIDER, settings -> {}, delivered(SNAPSHOT), retry, delivered(THIN)))
                .containsExactly("handled", "200", "handled");
    }

    @Test
    void readsAThinEvent() throws Exception {
        StripeEvent event = delivered(THIN).verified(PROVIDER).event();

        assertThat(event.isThin()).isTrue();
        assertThat(event.type()).isEqualTo("v1.billing.meter.error_report_triggered");
        assertThat(event.created()).isEqualTo(Instant.parse("2024-09-26T17:46:22.134Z"));
        assertThat(event.apiVersion()).isNull();
        assertThat(event.data()).isNull();
        assertThat(event.relatedObject().text("/type")).contains("billing.meter");
    }

    @Test
    void namesMembersOfAnotherKindAndLosesNothing() throws Exception {
        VerifiedWebhook<StripeEvent> webhook = Delivered.by(
                        KIT,
                        "",
                        "{\"id\":\"evt_1\",\"type\":\"a.b\",\"object\":1,\"created\":\"now\",\"livemode\":\"yes\","
                                + "\"api_version\":{},\"account\":[],\"data\":\"x\",\"related_object\":true}")
                .verified(PROVIDER);

        assertThat(webhook.event().created()).isNull();
        assertThat(webhook.event().livemode()).isNull();
        assertThat(webhook.event().data()).isNull();
        assertThat(webhook.unexpectedMembers())
                .containsExactlyInAnyOrder(
                        "object", "created", "livemode", "api_version", "account", "data", "related_object");
        assertThat(webhook.payload().text("/data")).contains("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"id\":\"evt_1\"}", "{\"type\":\"a.b\"}", "{\"id\":1,\"type\":\"a.b\"}", "null"})
    void rejectsABodyWithoutIdOrType(String body) {
        assertRejected(Delivered.by(KIT, "", body), RejectionReason.PAYLOAD_UNEXPECTED);
    }

    record Snapshot(String id, String api_version, Data data) {
        record Data(SetupIntentObject object) {}

        record SetupIntentObject(String id) {}
    }

    @Test
    void bindsToAClassOfTheCaller() throws Exception {
        assertThat(delivered(SNAPSHOT).verified(PROVIDER).event().as(Snapshot.class))
                .isEqualTo(new Snapshot(
                        "evt_1NG8Du2eZvKYlo2CUI79vXWy",
                        "2019-02-19",
                        new Snapshot.Data(new Snapshot.SetupIntentObject("seti_1NG8Du2eZvKYlo2C9XMqbR0x"))));
    }

    @Test
    void isReadByTheSdk() throws Exception {
        StripeEvent verified = delivered(SNAPSHOT).verified(PROVIDER).event();
        StripeClient client = new StripeClient("sk_test_not_used");

        Event event = (Event) client.deserialize(verified.toJson().json(), ApiMode.V1);

        assertThat(event.getApiVersion()).isEqualTo("2019-02-19");
        assertThat(event.getCreated()).isEqualTo(1686089970);
        assertThat(event.getDataObjectDeserializer().deserializeUnsafe())
                .isInstanceOfSatisfying(
                        SetupIntent.class,
                        intent -> assertThat(intent.getId()).isEqualTo("seti_1NG8Du2eZvKYlo2C9XMqbR0x"));
    }

    @Test
    void itsKitSignsWhatTheSdkAccepts() throws Exception {
        Event event = Webhook.constructEvent(
                SNAPSHOT.body(),
                delivered(SNAPSHOT).header("Stripe-Signature"),
                SECRET,
                300,
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(event.getType()).isEqualTo(SNAPSHOT.name());
    }

    @Test
    void acceptsEitherSecretsSignatureDuringARotation() throws Exception {
        String old = delivered(SNAPSHOT).header("Stripe-Signature");
        String other = Delivered.signedWith("whsec_other", KIT, SNAPSHOT.body()).header("Stripe-Signature");
        String both = other + old.substring(old.indexOf(','));

        assertThat(delivered(SNAPSHOT)
                        .with("Stripe-Signature", both + ",v0=" + "0".repeat(64))
                        .verified(PROVIDER)
                        .matchedSecret())
                .isZero();
    }

    // stripe-java writes the number again, and in the digits of the default locale
    @Test
    void signsTheTextOfTheTimeInAnyLocale() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(delivered(SNAPSHOT).verified(PROVIDER).eventName()).isEqualTo(SNAPSHOT.name());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"-300, ''", "300, ''", "-301, TIMESTAMP_TOO_OLD", "301, TIMESTAMP_TOO_FAR_AHEAD"})
    void acceptsATimeWithinFiveMinutesEitherWay(long seconds, String rejection) throws Exception {
        Clock clock = Clock.fixed(NOW.minusSeconds(seconds), ZoneOffset.UTC);
        String outcome = "";
        try {
            delivered(SNAPSHOT).verified(PROVIDER, settings -> settings.clock(clock));
        } catch (WebhookRejectedException e) {
            outcome = e.reason().name();
        }

        assertThat(outcome).isEqualTo(rejection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pk_live_", "sk_live_", "sk_test_", "rk_live_"})
    void rejectsAnApiKeyAsTheSecret(String prefix) {
        EndpointSettings settings = EndpointSettings.builder("orders")
                .secret(SigningSecret.ofUtf8(prefix + "51H"))
                .build();

        assertThatThrownBy(() -> WebhookVerifier.of(PROVIDER, settings))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.orders.secret is not a secret of stripe: it is an API key")
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("51H");
    }

    @Test
    void itsKitChangesTheMembersOfTheEventAlone() {
        byte[] body = KIT.withEventId(KIT.withEventName(SNAPSHOT.body().getBytes(UTF_8), "a \"b\""), "evt_\u00e9");
        JsonData changed = JsonData.of(new String(KIT.withEventTime(body, NOW), UTF_8));

        assertThat(changed.text("/type")).contains("a \"b\"");
        assertThat(changed.text("/id")).contains("evt_\u00e9");
        assertThat(changed.text("/created")).contains(Long.toString(NOW.getEpochSecond()));
        assertThat(changed.text("/data/object/id")).contains("seti_1NG8Du2eZvKYlo2C9XMqbR0x");
        assertThat(JsonData.of(new String(KIT.withEventTime(THIN.body().getBytes(UTF_8), NOW), UTF_8))
                        .text("/created"))
                .contains("2026-11-30T09:00:00Z");
        assertThat(KIT.withEventId("not JSON".getBytes(UTF_8), "x")).isEqualTo("not JSON".getBytes(UTF_8));
    }

    @Test
    void suspectsASecretWithoutItsPrefix() {
        String bare = SECRET.substring("whsec_".length());

        assertThat(Delivered.proved(KIT, delivered(SNAPSHOT).request(), bare)).containsExactly("prefix-missing");
        assertThat(Delivered.proved(
                        KIT, Delivered.signedWith(bare, KIT, SNAPSHOT.body()).request(), SECRET))
                .containsExactly("prefix-removed");
    }

    @Test
    void suspectsLinesThatWereJoined() {
        for (SampleEvent sample : KIT.samples()) {
            String joined = String.join("", sample.body().lines().toList());

            assertThat(Delivered.proved(KIT, delivered(sample).request(joined.getBytes(UTF_8)), SECRET))
                    .containsExactly("line-breaks-lost");
        }
    }

    @Test
    void suspectsJoinedLinesWithSpacesAndQuotationMarksInTexts() {
        String body =
                "{\n  \"id\": \"evt_1\",\n  \"type\": \"a.b\",\n  \"text\": \"two  spaces, a \\\"quoted  part\\\\\",\n"
                        + "  \"list\": [\n    1,\n    {}\n  ]\n}";

        assertThat(Delivered.proved(
                        KIT,
                        Delivered.by(KIT, "a.b", body)
                                .request(body.replace("\n", "").getBytes(UTF_8)),
                        SECRET))
                .containsExactly("line-breaks-lost");
    }

    @Test
    void suspectsNothingOfAnotherSecretOrBody() {
        assertThat(Delivered.proved(KIT, delivered(SNAPSHOT).request(), "whsec_another"))
                .isEmpty();
        assertThat(Delivered.proved(KIT, delivered(SNAPSHOT).request("{}".getBytes(UTF_8)), SECRET))
                .isEmpty();
        assertThat(Delivered.proved(KIT, delivered(SNAPSHOT).request(new byte[0]), SECRET))
                .isEmpty();
    }
}
