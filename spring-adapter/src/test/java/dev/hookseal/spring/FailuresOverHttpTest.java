package dev.hookseal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookseal.observe.DeliveryOutcome;
import dev.hookseal.observe.DeliveryOutcome.Kind;
import dev.hookseal.spring.app.Calls;
import dev.hookseal.spring.app.Delivery;
import dev.hookseal.spring.app.FailingController;
import dev.hookseal.spring.app.Outcomes;
import dev.hookseal.spring.app.OverHttp;
import dev.hookseal.spring.app.Sender;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A handler that threw has failed, whatever the framework or an error handler makes of it. */
@OverHttp
class FailuresOverHttpTest {
    @Autowired
    private Calls calls;

    @Autowired
    private Outcomes outcomes;

    private Sender sender;

    @BeforeEach
    void connect(@Value("${local.server.port}") int port) {
        sender = new Sender(port);
    }

    static Stream<String> paths() {
        return Stream.of("direct", "callable", "deferred", "future", "reactive", "streaming", "route")
                .flatMap(how -> Stream.of("eof", "reset", "pipe", "other").map(kind -> how + "/" + kind));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void anExceptionThatLooksLikeAClientGoneIsAFailure(String path) throws Exception {
        String id = "failing-" + path.replace('/', '-');

        assertFails("/failing/" + path, id);

        assertThat(outcomes.of(id, 2)).extracting(FailuresOverHttpTest::failure).doesNotContainNull();
    }

    @Test
    void theOutcomeTellsWhatWasThrown() throws Exception {
        sender.send("/failing/direct/eof", Delivery.formFlow("told"));
        sender.send("/failing/error", Delivery.formFlow("told-error"));

        assertThat(failure(outcomes.of("told", 1).get(0)))
                .isExactlyInstanceOf(FailingController.exception("eof").getClass());
        assertThat(failure(outcomes.of("told-error", 1).get(0))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "string", "entity", "void", "model", "reset", "rethrown", "unencodable"})
    void anErrorHandlerThatChoosesNoStatusDoesNotAcknowledge(String answer) throws Exception {
        assertFails("/failing/advised/" + answer, "advised-" + answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "status-ok"})
    void anErrorHandlerThatChoosesOkAcknowledges(String answer) throws Exception {
        HttpResponse<String> first = sender.send("/failing/advised/" + answer, Delivery.formFlow("chosen-" + answer));
        HttpResponse<String> second = sender.send("/failing/advised/" + answer, Delivery.formFlow("chosen-" + answer));

        assertThat(List.of(first.statusCode(), second.statusCode())).containsExactly(200, 200);
        assertThat(first.body()).isEqualTo("acknowledged");
        assertThat(calls.count("failing chosen-" + answer)).isOne();
        DeliveryOutcome outcome = outcomes.of("chosen-" + answer, 1).get(0);
        assertThat(outcome.kind()).isEqualTo(Kind.HANDLED);
        assertThat(failure(outcome)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "string", "entity", "void", "model", "reset"})
    void anErrorHandlerOfAnotherRouteIsLeftAlone(String answer) {
        assertThat(sender.send("POST", "/plain/advised/" + answer, "text/plain", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unencodable", "error"})
    void anAnswerThatCannotBeWrittenAndAnErrorAreFailures(String path) throws Exception {
        assertFails("/failing/" + path, "failing-" + path);
    }

    @Test
    void anArgumentThatCannotBeResolvedIsAFailure() throws Exception {
        assertThat(sender.send("/failing/argument?number=x", Delivery.formFlow("argument"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sender.send("/failing/argument?number=1", Delivery.formFlow("argument"))
                        .body())
                .isEqualTo("called");
        assertThat(outcomes.of("argument", 2))
                .extracting(DeliveryOutcome::kind)
                .containsExactly(Kind.FAILED, Kind.HANDLED);
    }

    private void assertFails(String path, String id) throws Exception {
        HttpResponse<String> first = sender.send(path, Delivery.formFlow(id));
        HttpResponse<String> second = sender.send(path, Delivery.formFlow(id));

        assertThat(List.of(first.statusCode(), second.statusCode())).containsExactly(500, 500);
        assertThat(calls.count("failing " + id)).isEqualTo(2);
        assertThat(outcomes.of(id, 2)).extracting(DeliveryOutcome::kind).containsExactly(Kind.FAILED, Kind.FAILED);
    }

    private static Throwable failure(DeliveryOutcome outcome) {
        return ((DeliveryOutcome.HandlerRan) outcome).result().failure();
    }
}
