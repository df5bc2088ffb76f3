package dev.hookseal.formflow.client;

import static dev.hookseal.formflow.client.ScriptedApi.answer;
import static dev.hookseal.formflow.client.ScriptedApi.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hookseal.fixture.CapturedLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API other than the documented one may answer; how it works with that one is shown in the testkit. */
class FormFlowSubscriptionsTest {
    private static final URI ORDERS = URI.create("https://orders.example/webhooks");
    private static final String LISTED =
            subscription("extracted", ORDERS.toString(), "whsec-1", "2026-03-01T12:00:00.000Z");

    @Test
    void sendsEventAndUrlWithTheToken() throws Exception {
        AtomicReference<String> authorization = new AtomicReference<>();
        try (ScriptedApi api = new ScriptedApi(exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 200, LISTED);
        })) {
            api.client().subscribe("a \"quoted\" event", ORDERS);

            assertThat(api.calls())
                    .containsExactly("POST /api/webhook/subscription"
                            + " {\"event\":\"a \\\"quoted\\\" event\",\"url\":\"https://orders.example/webhooks\"}");
            assertThat(authorization).hasValue("Bearer token-4711");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\":\"extracted-whsec-1\"}", "created", "[]"})
    void looksUpInTheListWhatASubscribingCallDoesNotAnswerWith(String created) throws Exception {
        try (ScriptedApi api = new ScriptedApi(exchange -> answer(
                exchange,
                200,
                exchange.getRequestMethod().equals("POST")
                        ? created
                        : "["
                                + subscription("extracted", ORDERS.toString(), "whsec-2", "2026-03-02T12:00:00.000Z")
                                + "," + LISTED + ","
                                + subscription("export", ORDERS.toString(), "whsec-3", "2026-03-03T12:00:00.000Z")
                                + "]"))) {
            FormFlowSubscription subscription = api.client().subscribe("extracted", ORDERS);

            assertThat(subscription.id()).isEqualTo("extracted-whsec-2");
        }
    }

    @Test
    void tellsThatASubscriptionIsNotInTheList() throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(200, "[]")) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().subscribe("extracted", ORDERS))
                    .withMessage("POST /api/webhook/subscription was answered with 200, and the subscription is not in"
                            + " the list");
        }
    }

    @Test
    void changesAUrlWhateverTheAnswerHolds() throws Exception {
        try (ScriptedApi api = new ScriptedApi(
                exchange -> answer(exchange, 200, exchange.getRequestMethod().equals("PUT") ? "" : LISTED))) {
            FormFlowSubscription subscription = api.client().get("extracted-whsec-1");

            assertThat(api.client().update(subscription, ORDERS)).isEqualTo(subscription);
            assertThat(api.calls())
                    .contains("PUT /api/webhook/subscription/extracted-whsec-1"
                            + " {\"event\":\"extracted\",\"url\":\"https://orders.example/webhooks\"}");
        }
    }

    @Test
    void readsWhatIsNotDocumentedOfASubscription() throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(
                200,
                "[{\"id\":17,\"event\":\"archived\",\"url\":\"no url\",\"secret\":\"s\",\"createdAt\":3,\"x\":{}}]")) {
            FormFlowSubscription subscription = api.client().list().get(0);

            assertThat(subscription.id()).isEqualTo("17");
            assertThat(subscription.url()).isEqualTo("no url");
            assertThat(subscription.createdAt()).isNull();
            assertThat(subscription.updatedAt()).isNull();
        }
    }

    @Test
    void readsTheTimeOfASubscription() throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(200, "[" + LISTED + "]")) {
            assertThat(api.client().list())
                    .extracting(FormFlowSubscription::createdAt)
                    .containsExactly(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"event\":\"export\",\"url\":\"u\",\"secret\":\"s\"}",
                "{\"id\":\"1\",\"event\":\"export\",\"url\":\"u\"}",
                "{\"id\":\"1\",\"event\":\"export\",\"url\":\"u\",\"secret\":\"\"}",
                "{\"id\":\"1\",\"event\":\"export\",\"url\":\"u\",\"secret\":\"\\ud800\"}",
                "{\"id\":1.5,\"event\":\"export\",\"url\":\"u\",\"secret\":\"s\"}"
            })
    void leavesOutAndLogsWhatIsNoSubscription(String element) throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(200, "[null," + LISTED + "," + element + "]");
                CapturedLog log = CapturedLog.of(FormFlowSubscriptions.class)) {
            assertThat(api.client().list()).extracting(FormFlowSubscription::id).containsExactly("extracted-whsec-1");
            assertThat(log.messages())
                    .containsExactly(
                            "GET /api/webhook/subscriptions: element 0 has no id, event, url or secret, and is left out",
                            "GET /api/webhook/subscriptions: element 2 has no id, event, url or secret, and is left out");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "[", "null"})
    void tellsThatTheAnswerIsNoList(String answer) throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(200, answer)) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().list())
                    .withMessage("GET /api/webhook/subscriptions was answered with 200, and the answer is not a list");
        }
    }

    @Test
    void followsNoRedirectWithTheToken() throws Exception {
        try (ScriptedApi api = new ScriptedApi(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 302, "");
        })) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().list())
                    .withMessage("GET /api/webhook/subscriptions was answered with 302");
            assertThat(api.calls()).hasSize(1);
        }
    }

    @Test
    void waitsNoLongerThanTheTimeoutForAnAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedApi api = new ScriptedApi(exchange -> end.await())) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client(Duration.ofMillis(50)).list())
                    .withMessageStartingWith("GET /api/webhook/subscriptions got no answer: ");
            end.countDown();
        }
    }

    @Test
    void waitsNoLongerThanTheTimeoutForTheEndOfAnAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedApi api = new ScriptedApi(exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            end.await();
        })) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client(Duration.ofMillis(500)).list())
                    .withMessage("GET /api/webhook/subscriptions got no answer: none within PT0.5S");
            end.countDown();
        }
    }

    @Test
    void readsNoAnswerWithoutEnd() throws Exception {
        byte[] much = new byte[1024 * 1024];
        try (ScriptedApi api = new ScriptedApi(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int time = 0; time < 64; time++) {
                exchange.getResponseBody().write(much);
            }
        })) {
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().list())
                    .withMessage(
                            "GET /api/webhook/subscriptions got no answer: the answer is larger than 4194304 bytes");
        }
    }

    @Test
    void staysInterrupted() throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(200, "[]")) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().list())
                    .withMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500})
    void showsNeitherTokenNorSecretNorAnswer(int status) throws Exception {
        try (ScriptedApi api = ScriptedApi.answering(status, "token-4711 whsec-1")) {
            StringWriter shown = new StringWriter();
            assertThatExceptionOfType(FormFlowApiException.class)
                    .isThrownBy(() -> api.client().list())
                    .satisfies(e -> e.printStackTrace(new PrintWriter(shown)));
            shown.append(api.client().toString());

            assertThat(shown.toString()).contains(String.valueOf(status)).doesNotContain("4711", "whsec");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.formflow.example",
                "ftp://api.formflow.example",
                "https:opaque",
                "/relative",
                "https://user@api.formflow.example",
                "https://api.formflow.example?query",
                "https://api.formflow.example#fragment"
            })
    void takesNoBaseUrlThatWouldBetrayTheTokenOrIsNone(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> FormFlowSubscriptions.builder(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/", "http://127.0.0.1:1", "http://[::1]:1", "HTTPS://api.example/v1/"})
    void takesABaseUrlOfThisMachineOrOneThatIsEncrypted(String url) {
        FormFlowSubscriptions client = FormFlowSubscriptions.builder(URI.create(url))
                .accessToken(() -> "t")
                .build();

        assertThat(client).hasToString("FormFlowSubscriptions[" + url.replaceFirst("/$", "") + "]");
    }

    @Test
    void needsAToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormFlowSubscriptions.builder(URI.create("https://api.formflow.example"))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
    void takesNoTimeoutThatIsNone(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormFlowSubscriptions.builder(URI.create("https://api.formflow.example"))
                        .timeout(timeout));
    }
}
