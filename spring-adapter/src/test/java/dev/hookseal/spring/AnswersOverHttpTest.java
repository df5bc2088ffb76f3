package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The table "What the sender gets" of the design, over HTTP. */
@OverHttp
class AnswersOverHttpTest {
    @Autowired
    private Calls calls;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    @Test
    void givesAHandlerTheVerifiedEvent() {
        HttpResponse<String> response = sender.send("/hooks/event", Delivery.formFlow("given"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("extracted of template 1");
        assertThat(calls.count("event given")).isOne();
    }

    @Test
    void givesAHandlerTheProof() {
        HttpResponse<String> response = sender.send("/hooks/proof", Delivery.formFlow("proof"));

        assertThat(response.body()).isEqualTo("proof at 2023-10-28T12:00:01Z");
    }

    @Test
    void givesAHandlerBothTheProofAndItsEvent() {
        HttpResponse<String> response = sender.send("/hooks/any-proof", Delivery.formFlow("any-proof"));

        assertThat(response.body()).isEqualTo("true");
    }

    @Test
    void givesAHandlerTheEventOfAnyProvider() {
        assertThat(sender.send("/hooks/extracta", Delivery.extracta("file-1")).body())
                .isEqualTo("file-1");
        assertThat(sender.send("/hooks/acme", Delivery.acme("text/plain", "any text"))
                        .body())
                .isEqualTo("any text");
    }

    @Test
    void acknowledgesARepeatAndDoesNotCallTheHandler() {
        sender.send("/hooks/event", Delivery.formFlow("repeated"));

        HttpResponse<String> repeat = sender.send("/hooks/event", Delivery.formFlow("repeated"));

        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEmpty();
        assertThat(calls.count("event repeated")).isOne();
    }

    @Test
    void acknowledgesAnEventThatIsNotAskedForAndDoesNotCallTheHandler() {
        assertThat(sender.send("/hooks/exports", Delivery.formFlow("not-asked")).statusCode())
                .isEqualTo(200);
        assertThat(sender.send("/hooks/exports", Delivery.formFlow("asked", "export", Delivery.FORMFLOW_SECRET))
                        .body())
                .isEqualTo("exported");
        assertThat(calls.count("export not-asked")).isZero();
    }

    @Test
    void rejectsASignatureOverAnotherBody() {
        Delivery genuine = Delivery.formFlow("tampered");
        String tampered = genuine.body().replace("1}", "2}");

        HttpResponse<String> response = sender.send("/hooks/event", genuine.withBody(tampered));

        assertProblem(response, 401, "Unauthorized");
        assertThat(calls.count("event tampered")).isZero();
    }

    @Test
    void rejectsARequestWithoutASignature() {
        HttpResponse<String> response = sender.send("POST", "/hooks/event", "application/json", "{}");

        assertProblem(response, 401, "Unauthorized");
    }

    @Test
    void rejectsASignedBodyThatTheProviderDoesNotSend() {
        HttpResponse<String> response =
                sender.send("/hooks/event", Delivery.formFlow(Delivery.FORMFLOW_SECRET, "{\"eventId\":1}"));

        assertProblem(response, 400, "Bad Request");
    }

    @Test
    void rejectsABodyLargerThanTheLimitByItsContentLength() {
        HttpResponse<String> response = sender.send("/hooks/small", Delivery.formFlow("x".repeat(5000)));

        assertProblem(response, 413, "Content Too Large");
    }

    @Test
    void rejectsABodyLargerThanTheLimitInChunks() {
        HttpResponse<String> response = sender.sendChunked("/hooks/small", Delivery.formFlow("y".repeat(5000)));

        assertProblem(response, 413, "Content Too Large");
        assertThat(sender.sendChunked("/hooks/small", Delivery.formFlow("small enough"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET, /hooks/any-method", "PUT, /hooks/any-method", "GET, /hooks/event"})
    void rejectsAnyMethodButPost(String method, String path) {
        HttpResponse<String> response = sender.send(method, path, "application/json", "");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void asksTheSenderToComeBackWhenTheStoreCannotAnswer() {
        HttpResponse<String> response = sender.send("/hooks/unavailable", Delivery.acme("text/plain", "unavailable"));

        assertProblem(response, 503, "Service Unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(calls.count("unavailable unavailable")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"accepted, 202", "no-content, 204", "void, 200"})
    void keepsTheStatusOfTheHandlerAndCountsItAsHandled(String path, int status) {
        assertThat(sender.send("/hooks/" + path, Delivery.formFlow("status-" + path))
                        .statusCode())
                .isEqualTo(status);
        assertThat(sender.send("/hooks/" + path, Delivery.formFlow("status-" + path))
                        .statusCode())
                .isEqualTo(200);
        assertThat(calls.count(path + " status-" + path)).isOne();
    }

    @Test
    void leavesAnExceptionToTheApplicationsErrorAnswerAndHandlesTheRedelivery() {
        HttpResponse<String> first = sender.send("/hooks/throws-at-first", Delivery.formFlow("throwing"));
        HttpResponse<String> second = sender.send("/hooks/throws-at-first", Delivery.formFlow("throwing"));

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(first.body())
                .contains(
                        "\"status\":500", "\"error\":\"Internal Server Error\"", "\"path\":\"/hooks/throws-at-first\"");
        assertThat(second.body()).isEqualTo("the second time");
    }

    @Test
    void handlesTheRedeliveryAfterAnExceptionHandlerAnsweredWithAnError() {
        HttpResponse<String> first = sender.send("/hooks/conflicts-at-first", Delivery.formFlow("mapped"));
        HttpResponse<String> second = sender.send("/hooks/conflicts-at-first", Delivery.formFlow("mapped"));

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(first.body()).isEqualTo("not yet");
        assertThat(second.body()).isEqualTo("the second time");
    }

    @Test
    void handlesOneOfManyEqualDeliveriesAtTheSameTime() {
        List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, 64)
                .mapToObj(i -> sender.sendAsync("/hooks/event", Delivery.formFlow("concurrent")))
                .toList();

        assertThat(responses)
                .extracting(CompletableFuture::join)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 409))
                .filteredOn(response -> response.body().startsWith("extracted"))
                .hasSize(1);
        assertThat(calls.count("event concurrent")).isOne();
    }

    // One request is one delivery: the forward fails, and so does the handler that asked for it.
    @Test
    void aForwardToTheHandlerOfAnotherEndpointFails() {
        HttpResponse<String> answer = sender.send("/hooks/to-another", Delivery.formFlow("forwarded"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(calls.count("from forwarded")).isOne();
        assertThat(calls.count("eu forwarded")).isZero();
        sender.send("/hooks/to-another", Delivery.formFlow("forwarded"));
        assertThat(calls.count("from forwarded")).isEqualTo(2);
        assertThat(sender.send("/hooks/eu", Delivery.formFlow("forwarded")).statusCode())
                .isEqualTo(200);
    }

    /** Title and status, and no word of the reason. */
    private static void assertProblem(HttpResponse<String> response, int status, String title) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"title\":\"" + title + "\",\"status\":" + status + "}");
    }
}
