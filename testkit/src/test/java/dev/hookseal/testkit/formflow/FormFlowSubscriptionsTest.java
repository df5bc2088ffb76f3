package dev.hookseal.testkit.formflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookseal.fixture.MovedClock;
import dev.hookseal.formflow.client.FormFlowApiException;
import dev.hookseal.formflow.client.FormFlowSubscription;
import dev.hookseal.formflow.client.FormFlowSubscriptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of core and the API of the fake: each shows that the other does what the provider's page says. */
class FormFlowSubscriptionsTest {
    private static final URI ORDERS = URI.create("https://orders.example/webhooks");

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeFormFlow formFlow = FakeFormFlow.builder().clock(clock).start();
    private final FormFlowSubscriptions client = FormFlowSubscriptions.builder(formFlow.baseUrl())
            .accessToken(formFlow::accessToken)
            .build();

    @AfterEach
    void stop() {
        formFlow.close();
    }

    private static void assertAnswered(int status, ThrowingCallable call, String message) {
        assertThatExceptionOfType(FormFlowApiException.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(e -> assertThat(e.status()).isEqualTo(OptionalInt.of(status)));
    }

    @Test
    void subscribesAndIsGivenTheSecret() {
        FormFlowSubscription subscription = client.subscribe("extracted", ORDERS);

        assertThat(formFlow.subscriptions()).containsExactly(subscription);
        assertThat(subscription.event()).isEqualTo("extracted");
        assertThat(subscription.url()).isEqualTo(ORDERS.toString());
        assertThat(subscription.secret().exposeSecretBytes()).asString().isEqualTo(formFlow.firstSecret("extracted"));
        assertThat(subscription.createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void listsAllSubscriptions() {
        formFlow.subscribeToAll(ORDERS);

        assertThat(client.list()).isEqualTo(formFlow.subscriptions());
    }

    @Test
    void listsNoneWhereThereIsNone() {
        assertThat(client.list()).isEmpty();
    }

    @Test
    void getsOneSubscription() {
        FormFlowSubscription extracted = formFlow.subscribe("extracted", ORDERS);
        formFlow.subscribe("export", ORDERS);

        assertThat(client.get(extracted.id())).isEqualTo(extracted);
    }

    @Test
    void changesTheUrlAndNothingElse() {
        FormFlowSubscription before = client.subscribe("extracted", ORDERS);
        Instant created = clock.instant();
        clock.advance(Duration.ofHours(1));

        FormFlowSubscription after = client.update(before, URI.create("https://orders.example/other"));

        assertThat(after)
                .isEqualTo(new FormFlowSubscription(
                        before.id(),
                        "extracted",
                        "https://orders.example/other",
                        before.secret(),
                        created,
                        clock.instant()));
        assertThat(formFlow.subscriptions()).containsExactly(after);
    }

    @Test
    void deletesASubscription() {
        FormFlowSubscription extracted = formFlow.subscribe("extracted", ORDERS);
        FormFlowSubscription export = formFlow.subscribe("export", ORDERS);

        client.delete(extracted.id());

        assertThat(formFlow.subscriptions()).containsExactly(export);
    }

    @Test
    void tellsThatThereIsNoSuchSubscription() {
        FormFlowSubscription gone = formFlow.subscribe("extracted", ORDERS);
        formFlow.unsubscribe(gone);
        String path = " /api/webhook/subscription/" + gone.id();
        String answered = " was answered with 404: there is no such subscription, or the base URL is another one";

        assertAnswered(404, () -> client.get(gone.id()), "GET" + path + answered);
        assertAnswered(404, () -> client.update(gone, ORDERS), "PUT" + path + answered);
        assertAnswered(404, () -> client.delete(gone.id()), "DELETE" + path + answered);
    }

    @Test
    void asksForAnIdThatIsNoPath() {
        assertAnswered(
                404,
                () -> client.get("../subscriptions?a=b c"),
                "GET /api/webhook/subscription/..%2Fsubscriptions%3Fa%3Db%20c was answered with 404:"
                        + " there is no such subscription, or the base URL is another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void takesNoIdThatWouldBeAnotherPath(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.get(id));
    }

    @Test
    void tellsThatTheTokenIsNotAccepted() {
        FormFlowSubscriptions stranger = FormFlowSubscriptions.builder(formFlow.baseUrl())
                .accessToken(() -> "not-the-token")
                .build();

        assertAnswered(
                401,
                stranger::list,
                "GET /api/webhook/subscriptions was answered with 401: the access token is not accepted");
    }

    @Test
    void tellsThatTheApiIsBroken() {
        formFlow.breakApi();

        assertAnswered(500, client::list, "GET /api/webhook/subscriptions was answered with 500");
    }

    @Test
    void tellsThatNobodyAnswers() {
        formFlow.close();

        assertThatExceptionOfType(FormFlowApiException.class)
                .isThrownBy(client::list)
                .withMessageStartingWith("GET /api/webhook/subscriptions got no answer: ")
                .satisfies(e -> assertThat(e.status()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "token\r\nX-Other: 1", "to ken", "ž"})
    void showsNoTokenThatCannotBeSent(String token) {
        FormFlowSubscriptions careless = FormFlowSubscriptions.builder(formFlow.baseUrl())
                .accessToken(() -> token)
                .build();

        assertThatIllegalStateException()
                .isThrownBy(careless::list)
                .withMessage("The access token is empty, or has white space or other characters that no header takes")
                .withNoCause();
    }

    @Test
    void subscribesToNothingWithoutAnEventOrAUrl() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.subscribe(" ", ORDERS));
        assertThatIllegalArgumentException().isThrownBy(() -> client.subscribe("extracted", URI.create("/webhooks")));
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(formFlow.baseUrl().resolve("/api/webhook/" + path))
                                .header("Authorization", "Bearer " + formFlow.accessToken())
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"event\":\"extracted\"}",
                "{\"url\":\"https://orders.example\"}",
                "{\"event\":\"\",\"url\":\"https://orders.example\"}",
                "{\"event\":null,\"url\":null}",
                "{\"event\":\"extracted\",\"url\":\"no url\"}"
            })
    void theFakeAnswers400WhereEventOrUrlIsMissing(String body) throws Exception {
        assertThat(call("POST", "subscription", body).statusCode()).isEqualTo(400);
        assertThat(formFlow.subscriptions()).isEmpty();
    }

    @Test
    void theFakeAnswers400ToAChangeWithoutAUrl() throws Exception {
        FormFlowSubscription extracted = formFlow.subscribe("extracted", ORDERS);

        assertThat(call("PUT", "subscription/" + extracted.id(), "{}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "subscription/none"})
    void theFakeAnswers404ToAnythingElse(String path) throws Exception {
        assertThat(call("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void theFakeListsTheDocumentedEvents() throws Exception {
        JsonNode events = new ObjectMapper().readTree(call("GET", "events", "").body());

        assertThat(events)
                .hasSize(6)
                .allSatisfy(event ->
                        assertThat(event.at("/examplePayload/eventType")).isEqualTo(event.get("eventType")))
                .allSatisfy(
                        event -> assertThat(event.get("description").asText()).isNotEmpty());
        assertThat(events)
                .extracting(event -> event.get("eventType").asText())
                .containsExactly(
                        "extracted",
                        "export",
                        "validation-success",
                        "error-export",
                        "error-processing",
                        "error-pre-processing");
    }
}
