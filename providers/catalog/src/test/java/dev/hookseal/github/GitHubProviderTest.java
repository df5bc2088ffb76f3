package dev.hookseal.github;

import static dev.hookseal.Delivered.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookseal.Delivered;
import dev.hookseal.JsonData;
import dev.hookseal.VerifiedWebhook;
import dev.hookseal.WebhookConfigurationException;
import dev.hookseal.provider.EndpointSettings;
import dev.hookseal.provider.ProviderKit.UnsignedDelivery;
import dev.hookseal.provider.UnsignedDeliveryId;
import dev.hookseal.request.RejectionReason;
import dev.hookseal.request.WebhookRejectedException;
import dev.hookseal.request.WebhookRequest;
import dev.hookseal.signature.SigningSecret;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubProviderTest {
    private static final GitHubKit KIT = new GitHubKit();
    private static final GitHubProvider PROVIDER = new GitHubProvider();
    private static final Consumer<EndpointSettings.Builder> UNSIGNED_ID =
            settings -> settings.set(UnsignedDeliveryId.SETTING, true);
    private static final String BODY = "{\"action\":\"opened\",\"number\":1347,"
            + "\"pull_request\":{\"title\":\"Gr\u00fc\u00dfe \ud83d\ude00 & more\",\"merged\":false},"
            + "\"repository\":{\"full_name\":\"octocat/Hello-World\"},\"organization\":{\"login\":\"github\"},"
            + "\"installation\":{\"id\":1},\"sender\":{\"login\":\"octocat\"}}";

    private static Delivered delivered() {
        return Delivered.by(KIT, "pull_request", BODY);
    }

    private static Delivered form(String json) {
        return Delivered.by(KIT, "pull_request", "payload=" + URLEncoder.encode(json, UTF_8));
    }

    private static VerifiedWebhook<GitHubEvent> verified(Delivered delivered) throws WebhookRejectedException {
        return delivered.verified(PROVIDER);
    }

    @Test
    void readsTheEnvelope() throws Exception {
        VerifiedWebhook<GitHubEvent> webhook = verified(delivered());
        GitHubEvent event = webhook.event();

        assertThat(event.unsignedEventName()).isEqualTo("pull_request").isEqualTo(webhook.eventName());
        assertThat(event.unsignedDeliveryId()).isEqualTo("d-1");
        assertThat(event.action()).isEqualTo("opened");
        assertThat(event.repository().text("/full_name")).contains("octocat/Hello-World");
        assertThat(event.organization().text("/login")).contains("github");
        assertThat(event.installation().text("/id")).contains("1");
        assertThat(event.sender()).isEqualTo(JsonData.of("{\"login\":\"octocat\"}"));
        assertThat(event.toJson().json()).isEqualTo(BODY);
        assertThat(webhook.unsignedHeaders()).containsEntry("x-github-hook-id", List.of("292430182"));
    }

    record PullRequest(String title, boolean merged) {}

    record PullRequestEvent(String action, int number, PullRequest pull_request) {}

    @Test
    void bindsToAClassOfTheCaller() throws Exception {
        assertThat(verified(delivered()).event().as(PullRequestEvent.class))
                .isEqualTo(new PullRequestEvent(
                        "opened", 1347, new PullRequest("Gr\u00fc\u00dfe \ud83d\ude00 & more", false)));
    }

    @Test
    void readsAnEventWithoutAnyOfTheEnvelope() throws Exception {
        GitHubEvent event = verified(Delivered.by(KIT, "", "{}").without("X-GitHub-Delivery"))
                .event();

        assertThat(event.unsignedEventName()).isEmpty();
        assertThat(event.unsignedDeliveryId()).isNull();
        assertThat(event.action()).isNull();
        assertThat(event.repository()).isNull();
        assertThat(event.sender()).isNull();
    }

    @Test
    void namesMembersOfAnotherKindAndLosesNothing() throws Exception {
        VerifiedWebhook<GitHubEvent> webhook =
                verified(Delivered.by(KIT, "push", "{\"action\":1,\"sender\":[],\"repository\":\"a/b\"}"));

        assertThat(webhook.event().action()).isNull();
        assertThat(webhook.event().repository()).isNull();
        assertThat(webhook.unexpectedMembers()).containsExactlyInAnyOrder("action", "sender", "repository");
        assertThat(webhook.payload().text("/repository")).contains("a/b");
    }

    @Test
    void readsTheJsonOfAForm() throws Exception {
        GitHubEvent event = verified(form(BODY)).event();

        assertThat(event).isEqualTo(verified(delivered()).event());
        assertThat(form(BODY).header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(verified(Delivered.by(KIT, "push", "payload=%7b%7D&other=1"))
                        .event()
                        .toJson())
                .isEqualTo(JsonData.of("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello, World!",
                "payload=",
                "payload=%7B",
                "payload=%7B%7",
                "payload=%7B%zz%7D",
                "payload=%7B%22a%22:%22%E9%22%7D",
                "other=1&payload=%7B%7D"
            })
    void rejectsABodyThatIsNeitherJsonNorAForm(String body) {
        assertRejected(Delivered.by(KIT, "push", body), RejectionReason.PAYLOAD_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"payload={}\"", "payload=%5B%5D"})
    void rejectsJsonThatIsNotAnObject(String body) {
        assertRejected(Delivered.by(KIT, "push", body), RejectionReason.PAYLOAD_UNEXPECTED);
    }

    @Test
    void rejectsAFormWithBytesThatAreNotUtf8() {
        byte[] body = "payload={\"a\":\"\u00e9\"}".getBytes(ISO_8859_1);
        String signature = KIT.sign(
                        new UnsignedDelivery("POST", "", "push", "d-1", Delivered.NOW, body),
                        SigningSecret.ofUtf8(SECRET))
                .get("X-Hub-Signature-256");
        WebhookRequest request = Delivered.by(KIT, "push", "{}")
                .with("X-Hub-Signature-256", signature)
                .request(body);

        assertThatThrownBy(() -> Delivered.verifier(PROVIDER).verify(request))
                .isInstanceOfSatisfying(
                        WebhookRejectedException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(RejectionReason.PAYLOAD_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1=", "", "SHA256=", "sha256=sha256=", "sha256:"})
    void rejectsAnotherPrefix(String prefix) {
        Delivered delivered = delivered();
        String hex = delivered.header("X-Hub-Signature-256").substring("sha256=".length());

        assertRejected(delivered.with("X-Hub-Signature-256", prefix + hex), RejectionReason.SIGNATURE_MALFORMED);
    }

    @Test
    void rejectsTheOldSignatureAlone() {
        assertRejected(delivered().without("X-Hub-Signature-256"), RejectionReason.SIGNATURE_MISSING);
    }

    private static void assertRejected(Delivered delivered, RejectionReason reason) {
        assertThatThrownBy(() -> verified(delivered))
                .isInstanceOfSatisfying(
                        WebhookRejectedException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }

    @Test
    void makesNoKeyOfAnUnsignedId() throws Exception {
        assertThat(verified(delivered()).deliveryKey()).isNull();
    }

    @Test
    void makesAKeyOfTheUnsignedIdIfTheEndpointSaysSo() throws Exception {
        assertThat(delivered().verified(PROVIDER, UNSIGNED_ID).deliveryKey().value())
                .isEqualTo("orders:292430182:d-1");
        assertThat(delivered().verified(PROVIDER, UNSIGNED_ID).deliveryKey().retention())
                .isEqualTo(Duration.ofDays(7));
        assertThat(delivered()
                        .without("X-GitHub-Hook-ID")
                        .verified(PROVIDER, UNSIGNED_ID)
                        .deliveryKey()
                        .value())
                .isEqualTo("orders:d-1");
        assertThat(delivered()
                        .without("X-GitHub-Delivery")
                        .verified(PROVIDER, UNSIGNED_ID)
                        .deliveryKey())
                .isNull();
    }

    @Test
    void handlesARedeliveryOnceIfTheEndpointSaysSo() {
        Delivered ofAnotherWebhook = delivered().with("X-GitHub-Hook-ID", "1");

        assertThat(Delivered.received(PROVIDER, settings -> {}, delivered(), delivered()))
                .containsExactly("handled", "handled");
        assertThat(Delivered.received(PROVIDER, UNSIGNED_ID, delivered(), delivered(), ofAnotherWebhook))
                .containsExactly("handled", "200", "handled");
    }

    @Test
    void remembersTheUnsignedIdAsLongAsTheEndpointSays() throws Exception {
        assertThat(delivered()
                        .verified(
                                PROVIDER,
                                UNSIGNED_ID.andThen(
                                        settings -> settings.set(EndpointSettings.ID_RETENTION, Duration.ofDays(30))))
                        .deliveryKey()
                        .retention())
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void rejectsARetentionOfNoId() {
        assertThatThrownBy(() -> delivered()
                        .verified(
                                PROVIDER, settings -> settings.set(EndpointSettings.ID_RETENTION, Duration.ofDays(30))))
                .isInstanceOf(WebhookConfigurationException.class)
                .hasMessageContaining("hookseal.endpoints.orders.id-retention is set, and the sender signs no id")
                .hasMessageContaining("hookseal.endpoints.orders.unsigned-delivery-id to true");
    }

    @Test
    void recognisesTheSameSignedBodyIfTheEndpointHasARepeatWindow() throws Exception {
        Consumer<EndpointSettings.Builder> window = settings -> settings.repeatWindow(Duration.ofDays(3));
        VerifiedWebhook<GitHubEvent> first = delivered().verified(PROVIDER, window);
        VerifiedWebhook<GitHubEvent> again =
                delivered().with("X-GitHub-Delivery", "another").verified(PROVIDER, window);

        assertThat(again.deliveryKey()).isNotNull().isEqualTo(first.deliveryKey());
    }

    @Test
    void hasTheLimitsThatGitHubDocuments() {
        assertThat(PROVIDER.defaultMaxBodyBytes()).isEqualTo(26_214_400);
        assertThat(PROVIDER.answerDeadline()).contains(Duration.ofSeconds(10));
    }

    @Test
    void suspectsTheOldSignature() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA1"));
        String old = "sha1=" + HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(UTF_8)));

        assertThat(delivered().header("X-Hub-Signature")).isEqualTo(old);
        assertThat(Delivered.proved(
                        KIT, delivered().without("X-Hub-Signature-256").request(), SECRET))
                .containsExactly("sha1-signature");
        assertThat(Delivered.proved(
                        KIT,
                        WebhookRequest.of("POST", Map.of("X-Hub-Signature-256", List.of(old)), BODY.getBytes(UTF_8)),
                        SECRET))
                .containsExactly("sha1-signature");
    }

    @Test
    void suspectsTheJsonOfAForm() {
        assertThat(Delivered.proved(KIT, form(BODY).request(BODY.getBytes(UTF_8)), SECRET))
                .containsExactly("form-payload-alone");
    }

    @Test
    void suspectsAFormThatWasWrittenAgain() {
        String rewritten =
                "payload=" + BODY.replace("%", "%25").replace("&", "%26").replace("+", "%2B");

        assertThat(Delivered.proved(KIT, form(BODY).request(rewritten.getBytes(UTF_8)), SECRET))
                .containsExactly("form-rewritten");
    }

    @Test
    void suspectsNothingOfAnotherSecretOrBody() {
        assertThat(Delivered.proved(KIT, delivered().request(), "another")).isEmpty();
        assertThat(Delivered.proved(KIT, delivered().request("{}".getBytes(UTF_8)), SECRET))
                .isEmpty();
        assertThat(Delivered.proved(KIT, form(BODY).request("payload=%7".getBytes(UTF_8)), SECRET))
                .isEmpty();
    }
}
